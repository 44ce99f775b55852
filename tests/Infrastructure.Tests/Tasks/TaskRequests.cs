using Fitnessify.Application.Common;
using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Changes;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Lists;
using Fitnessify.Domain.Tasks;

namespace Fitnessify.Infrastructure.Tests.Tasks;

/// <summary>Calls of the task tests to a server.</summary>
internal static class TaskRequests
{
    /// <summary>A patch without members.</summary>
    public static readonly TaskPatch Nothing = new(default, default, default, default, default, default);

    public static TaskPatch Title(string title) => Nothing with { Title = new(title) };

    public static TaskOperation Operation(TaskOperationKind kind, Guid? id, TaskPatch? task = null) =>
        new(kind, id, null, task);

    public static async Task<TaskDto> CreateAsync(this Instance server, TaskInput? input = null) =>
        (await server.SendAsync(new CreateTaskCommand(input ?? new TaskInput("Task")))).Value!;

    public static async Task<TaskDto> GetAsync(this Instance server, Guid id) =>
        (await server.SendAsync(new GetTaskQuery(id))).Value!;

    public static Task<Result<Replaced<TaskDto>>> PutAsync(this Instance server, Guid id, TaskInput input) =>
        server.SendAsync(new ReplaceTaskCommand(id, input, Precondition.None));

    public static Task<Result<TaskDto>> PatchAsync(
        this Instance server,
        Guid id,
        TaskPatch patch,
        long? ifMatch = null
    ) =>
        server.SendAsync(
            new PatchTaskCommand(
                id,
                patch,
                new Precondition(ifMatch is { } version ? new NamedVersions([version]) : null)
            )
        );

    public static Task<Result> DeleteAsync(this Instance server, Guid id) =>
        server.SendAsync(new DeleteTaskCommand(id, Precondition.None));

    public static Task<Result<TaskDto>> RestoreAsync(this Instance server, Guid id) =>
        server.SendAsync(new RestoreTaskCommand(id, Precondition.None));

    public static Task<Result<ChangePage>> ChangesAsync(
        this Instance server,
        string? since = null,
        int limit = PageRequest.MaxLimit
    ) => server.UseAsync((IChangeFeed feed) => feed.ReadAsync(server.Caller.Session!.OwnerId, since, limit, default));

    /// <summary>Returns the default list, or the requested one, of the caller of this server.</summary>
    public static Task<Result<Page<TaskItem>>> ListAsync(
        this Instance server,
        TaskFilter? filter = null,
        int limit = PageRequest.MaxLimit,
        string? cursor = null
    ) =>
        server.UseAsync(
            (ITaskRepository tasks) =>
                tasks.ListAsync(
                    server.Caller.Session!.OwnerId,
                    filter ?? Sorted(TaskSortKey.CreatedAt, true),
                    new PageRequest(limit, cursor),
                    default
                )
        );

    /// <summary>A filter for all tasks outside the trash, in this order.</summary>
    public static TaskFilter Sorted(TaskSortKey key, bool descending) =>
        TaskFilter.Trash with
        {
            InTrash = false,
            Sort = new TaskSort(key, descending),
        };

    /// <summary>Returns what a client sees of a task or list, with its version.</summary>
    public static string Describe(IVersioned item) =>
        item switch
        {
            TaskItem task =>
                $"{task.Id} v{task.Version} {task.Fields with { Labels = [], Checklist = Checklist.Empty }} "
                    + $"[{string.Join(", ", task.Labels)}] [{string.Join(", ", task.Checklist.Items)}]",
            TaskList list => $"{list.Id} v{list.Version} {list.Fields}",
            _ => throw new ArgumentException($"{item.GetType()} is not shown to clients.", nameof(item)),
        };
}

using AutoMapper;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;

namespace Fitnessify.Application.Tasks;

/// <summary>Changes one task of the current user, as it is at the moment of the change.</summary>
internal sealed class TaskWriter(
    ICurrentUser currentUser,
    ITaskRepository tasks,
    IUnitOfWork unitOfWork,
    IMapper mapper,
    TimeProvider clock
)
{
    /// <summary>Finds the task, asks the precondition, changes and saves. Does it again when the task was changed meanwhile.</summary>
    /// <param name="id">The task.</param>
    /// <param name="precondition">What the client expects of it.</param>
    /// <param name="change">Changes it, or says why not.</param>
    /// <param name="inTrash">Whether a task in the trash is there too.</param>
    /// <returns>The task as saved, <c>not_found</c>, <c>precondition_failed</c> with the task as it is, or what the change says.</returns>
    public async Task<Result<TaskDto>> ChangeAsync(
        Guid id,
        Precondition precondition,
        Func<TaskItem, DateTimeOffset, Result> change,
        bool inTrash,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var now = clock.Now();
            var changed = await ApplyAsync(id, precondition, change, inTrash, now, cancellationToken);
            if (!changed.IsSuccess)
            {
                return changed.Error;
            }

            var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
            if (saved.Error != TaskErrors.PreconditionFailed)
            {
                return saved.Then(() => mapper.ToDto(changed.Value, now));
            }
        }
    }

    /// <summary>The same without saving.</summary>
    public async Task<Result<TaskItem>> ApplyAsync(
        Guid id,
        Precondition precondition,
        Func<TaskItem, DateTimeOffset, Result> change,
        bool inTrash,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var task = await tasks.FindAsync(currentUser.Id, id, cancellationToken);
        if (task is null || (task.DeletedAt is not null && !inTrash))
        {
            return CommonErrors.NotFound;
        }

        if (!precondition.Allows(task))
        {
            return await RefuseAsync(task, now, cancellationToken);
        }

        var changed = change(task, now);
        return changed.IsSuccess ? task : changed.Error;
    }

    /// <summary>What a create comes to whose id is taken: the task, when it is as the create says, as after a lost answer.</summary>
    /// <returns>The task, unchanged; or <c>precondition_failed</c> with the task as it is.</returns>
    public async Task<Result<TaskItem>> RepeatCreateAsync(
        TaskItem task,
        TaskFields fields,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) => task.DeletedAt is null && task.Fields.Equals(fields) ? task : await RefuseAsync(task, now, cancellationToken);

    private async Task<Error> RefuseAsync(TaskItem task, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // As it is stored: earlier operations of a batch, which may come to nothing, are in the one at hand.
        var current = await tasks.ReadAsync(currentUser.Id, task.Id, cancellationToken) ?? task;
        return TaskErrors.PreconditionFailed with
        {
            Details = new Dictionary<string, object> { ["current"] = mapper.ToDto(current, now) },
        };
    }
}

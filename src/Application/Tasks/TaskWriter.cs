using AutoMapper;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;

namespace Fitnessify.Application.Tasks;

/// <summary>Changes one task of the current user.</summary>
internal sealed class TaskWriter(
    ICurrentUser currentUser,
    ITaskRepository tasks,
    IUnitOfWork unitOfWork,
    IMapper mapper,
    TimeProvider clock
)
{
    /// <summary>
    /// Finds the task, checks the precondition, applies the change and saves it. Starts again if the task was changed
    /// meanwhile.
    /// </summary>
    /// <param name="id">The id of the task.</param>
    /// <param name="precondition">The precondition of the request.</param>
    /// <param name="change">The change, which can fail.</param>
    /// <param name="inTrash">Whether a task in the trash is changed too.</param>
    /// <returns>
    /// The task as saved; <c>not_found</c>; <c>precondition_failed</c> with the current task; or the error of the change.
    /// </returns>
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

    /// <summary>Does the same without saving and without retries.</summary>
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

    /// <summary>
    /// Answers a create request with an id that is in use: returns the task if it has the requested values, as after a lost
    /// response.
    /// </summary>
    /// <returns>The task, unchanged; or <c>precondition_failed</c> with the current task.</returns>
    public async Task<Result<TaskItem>> RepeatCreateAsync(
        TaskItem task,
        TaskFields fields,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) => task.DeletedAt is null && task.Fields.Equals(fields) ? task : await RefuseAsync(task, now, cancellationToken);

    private async Task<Error> RefuseAsync(TaskItem task, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // The current task is read from the database, because the tracked one may have changes of an atomic batch that fails.
        var current = await tasks.ReadAsync(currentUser.Id, task.Id, cancellationToken) ?? task;
        return TaskErrors.PreconditionFailed with
        {
            Details = new Dictionary<string, object> { ["current"] = mapper.ToDto(current, now) },
        };
    }
}

using Fitnessify.Application.Common;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using MediatR;

namespace Fitnessify.Application.Tasks;

/// <summary>Takes a task out of the trash, if it is there.</summary>
/// <param name="Id">The task.</param>
/// <param name="Precondition">The precondition of the request.</param>
public sealed record RestoreTaskCommand(Guid Id, Precondition Precondition) : IRequest<Result<TaskDto>>;

internal sealed class RestoreTaskHandler(TaskWriter writer) : IRequestHandler<RestoreTaskCommand, Result<TaskDto>>
{
    public async Task<Result<TaskDto>> Handle(RestoreTaskCommand request, CancellationToken cancellationToken)
    {
        var restored = await RestoreAsync(request, (task, now) => task.Restore(now), cancellationToken);
        // Its list was deleted while the task was in the trash.
        return restored.Error == TaskErrors.ListNotAllowed
            ? await RestoreAsync(request, (task, now) => task.RestoreToInbox(now), cancellationToken)
            : restored;
    }

    private Task<Result<TaskDto>> RestoreAsync(
        RestoreTaskCommand request,
        Action<TaskItem, DateTimeOffset> restore,
        CancellationToken cancellationToken
    ) =>
        writer.ChangeAsync(
            request.Id,
            request.Precondition,
            (task, now) =>
            {
                restore(task, now);
                return Result.Success;
            },
            includesDeleted: true,
            cancellationToken
        );
}

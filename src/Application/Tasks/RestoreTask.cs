using Fitnessify.Application.Common;
using Fitnessify.Domain.Common;
using MediatR;

namespace Fitnessify.Application.Tasks;

/// <summary>Takes a task out of the trash, if it is there.</summary>
/// <param name="Id">The task.</param>
/// <param name="Precondition">The precondition of the request.</param>
public sealed record RestoreTaskCommand(Guid Id, Precondition Precondition) : IRequest<Result<TaskDto>>;

internal sealed class RestoreTaskHandler(TaskWriter writer) : IRequestHandler<RestoreTaskCommand, Result<TaskDto>>
{
    public Task<Result<TaskDto>> Handle(RestoreTaskCommand request, CancellationToken cancellationToken) =>
        writer.ChangeAsync(
            request.Id,
            request.Precondition,
            (task, now) =>
            {
                task.Restore(now);
                return Result.Success;
            },
            includesDeleted: true,
            cancellationToken
        );
}

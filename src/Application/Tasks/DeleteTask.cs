using Fitnessify.Application.Common;
using Fitnessify.Domain.Common;
using MediatR;

namespace Fitnessify.Application.Tasks;

/// <summary>Puts a task into the trash.</summary>
/// <param name="Id">The task.</param>
/// <param name="Precondition">The precondition of the request.</param>
public sealed record DeleteTaskCommand(Guid Id, Precondition Precondition) : IRequest<Result>;

internal sealed class DeleteTaskHandler(TaskWriter writer) : IRequestHandler<DeleteTaskCommand, Result>
{
    public async Task<Result> Handle(DeleteTaskCommand request, CancellationToken cancellationToken)
    {
        var deleted = await writer.ChangeAsync(
            request.Id,
            request.Precondition,
            (task, now) =>
            {
                task.Trash(now);
                return Result.Success;
            },
            includesDeleted: false,
            cancellationToken
        );
        return deleted.IsSuccess ? Result.Success : deleted.Error;
    }
}

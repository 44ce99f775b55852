using Fitnessify.Application.Common;
using Fitnessify.Domain.Common;
using MediatR;

namespace Fitnessify.Application.Lists;

/// <summary>Deletes a list. Its tasks follow into the trash in batches.</summary>
/// <param name="Id">The list.</param>
/// <param name="Precondition">The precondition of the request.</param>
public sealed record DeleteListCommand(Guid Id, Precondition Precondition) : IRequest<Result>;

internal sealed class DeleteListHandler(ListWriter writer) : IRequestHandler<DeleteListCommand, Result>
{
    public async Task<Result> Handle(DeleteListCommand request, CancellationToken cancellationToken)
    {
        var deleted = await writer.ChangeAsync(
            request.Id,
            request.Precondition,
            (list, now) =>
            {
                list.Delete(now);
                return Result.Success;
            },
            includesDeleted: false,
            cancellationToken
        );
        return deleted.IsSuccess ? Result.Success : deleted.Error;
    }
}

using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Lists;
using MediatR;

namespace Fitnessify.Application.Lists;

/// <summary>Forgets lists for good that were deleted long enough ago.</summary>
public sealed record PurgeListsCommand : IRequest<Result>;

internal sealed class PurgeListsHandler(TaskOptions options, IDeletedLists lists, TimeProvider clock)
    : IRequestHandler<PurgeListsCommand, Result>
{
    // A batch is small enough to hold the write lock only briefly.
    private const int BatchSize = 500;

    public async Task<Result> Handle(PurgeListsCommand request, CancellationToken cancellationToken)
    {
        var before = clock.Now().AddDays(-options.TrashDays);
        while (await lists.PurgeAsync(before, BatchSize, cancellationToken) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return Result.Success;
    }
}

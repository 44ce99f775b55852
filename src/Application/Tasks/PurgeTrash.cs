using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using MediatR;

namespace Fitnessify.Application.Tasks;

/// <summary>Deletes tasks for good that have been in the trash for long enough.</summary>
public sealed record PurgeTrashCommand : IRequest<Result>;

internal sealed class PurgeTrashHandler(TaskOptions options, ITaskTrash trash, TimeProvider clock)
    : IRequestHandler<PurgeTrashCommand, Result>
{
    // A batch is small enough to hold the write lock only briefly.
    private const int BatchSize = 500;

    public async Task<Result> Handle(PurgeTrashCommand request, CancellationToken cancellationToken)
    {
        var before = clock.Now().AddDays(-options.TrashDays);
        while (await trash.PurgeAsync(before, BatchSize, cancellationToken) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return Result.Success;
    }
}

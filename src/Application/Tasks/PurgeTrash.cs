using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using MediatR;

namespace Fitnessify.Application.Tasks;

/// <summary>Deletes for good what has been in the trash for long enough.</summary>
public sealed record PurgeTrashCommand : IRequest<Result>;

internal sealed class PurgeTrashHandler(TaskOptions options, ITaskTrash trash, TimeProvider clock)
    : IRequestHandler<PurgeTrashCommand, Result>
{
    // Small enough that nobody waits long for the lock.
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

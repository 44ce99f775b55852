using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Changes;

/// <summary>The state on which sync tokens depend.</summary>
/// <param name="Epoch">The generation of the numbers: those of before a restore of the database do not count any more.</param>
/// <param name="Value">The number of the owner's latest change.</param>
/// <param name="LastListVersion">The number of the owner's latest change of a list.</param>
/// <param name="PurgedThrough">The number up to which deletions of the owner have been forgotten.</param>
internal sealed record SyncState(long Epoch, long Value, long LastListVersion, long PurgedThrough);

/// <summary>Queries that are translated once for each server instead of being looked up for each request.</summary>
internal sealed class ChangeQueries
{
    public Func<AppDbContext, Guid, CancellationToken, Task<SyncState>> SyncState { get; } =
        EF.CompileAsyncQuery(
            (AppDbContext context, Guid ownerId, CancellationToken _) =>
                context
                    .Sequences.Where(sequence => sequence.Name == Sequence.Epoch)
                    .Select(sequence => new SyncState(
                        sequence.Value,
                        context
                            .Set<ChangeCounter>()
                            .Where(counter => counter.OwnerId == ownerId)
                            .Select(counter => counter.Value)
                            .SingleOrDefault(),
                        context
                            .Set<ChangeCounter>()
                            .Where(counter => counter.OwnerId == ownerId)
                            .Select(counter => counter.LastListVersion)
                            .SingleOrDefault(),
                        context
                            .Set<ChangeCounter>()
                            .Where(counter => counter.OwnerId == ownerId)
                            .Select(counter => counter.PurgedThrough)
                            .SingleOrDefault()
                    ))
                    .Single()
        );
}

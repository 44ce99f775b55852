using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Sessions;

/// <summary>
/// Has the cache of live sessions forget what a save changes: sessions, and those of accounts that are changed or deleted. It
/// does so also when the answer of the database got lost: whether the change is stored is then for the database to say.
/// </summary>
internal sealed class SessionEviction(AppDbContext context, LiveSessionCache cache, TimeProvider clock) : ISaveStep
{
    private readonly HashSet<Guid> _owners = [];
    private List<Guid> _sessions = [];
    private Guid[] _deleted = [];

    /// <summary>Has the cache forget all sessions of an account after the next save.</summary>
    public void Add(Guid ownerId) => _owners.Add(ownerId);

    public bool TakesPart()
    {
        _sessions =
        [
            .. context
                .ChangeTracker.Entries<Session>()
                .Where(entry => entry.State is EntityState.Modified or EntityState.Deleted)
                .Select(entry => entry.Entity.Id),
        ];
        _deleted = [.. context.DeletedAccounts.Select(entry => entry.Entity.Id)];
        _owners.UnionWith(_deleted);
        return _deleted.Length > 0;
    }

    public async Task<Error?> AfterAsync(CancellationToken cancellationToken)
    {
        var now = clock.Now();
        await context
            .Sessions.Where(session =>
                _deleted.Contains(session.OwnerId) && session.RevokedAt == null && session.ExpiresAt > now
            )
            .ExecuteDeleteAsync(cancellationToken);
        return null;
    }

    public void Completed()
    {
        cache.Evict(_sessions, _owners);
        _owners.Clear();
    }
}

using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Common;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Fitnessify.Infrastructure.Changes;

/// <summary>
/// Gives each new account its change counter, tells it a change of the time zone and the registration of a guest, and takes it
/// from deleted accounts: without it, no request that is still running writes a task.
/// </summary>
internal sealed class ChangeCounterStep(AppDbContext context) : ISaveStep
{
    private readonly List<Guid> _deleted = [];
    private readonly List<Account> _moved = [];
    private readonly List<Guid> _registered = [];

    public bool TakesPart()
    {
        foreach (var entry in context.CreatedAccounts.ToList())
        {
            context.ChangeCounters.Add(
                new ChangeCounter
                {
                    OwnerId = entry.Entity.Id,
                    TimeZone = entry.Entity.TimeZone,
                    IsGuest = entry.Entity.Kind == AccountKind.Guest,
                }
            );
        }

        _deleted.Clear();
        _moved.Clear();
        _registered.Clear();
        foreach (var entry in context.ModifiedAccounts)
        {
            Look(entry);
        }

        return _deleted.Count + _moved.Count + _registered.Count > 0;
    }

    private void Look(EntityEntry<Account> entry)
    {
        if (entry.Property(account => account.DeletedAt).IsModified)
        {
            _deleted.Add(entry.Entity.Id);
        }

        if (entry.Property(account => account.TimeZone).IsModified)
        {
            _moved.Add(entry.Entity);
        }

        if (entry.Property(account => account.Kind).IsModified)
        {
            _registered.Add(entry.Entity.Id);
        }
    }

    // Before the account, because the insert of a task locks the counter first, too.
    public async Task<Error?> BeforeAsync(CancellationToken cancellationToken)
    {
        foreach (var account in _moved)
        {
            await context
                .ChangeCounters.Where(counter => counter.OwnerId == account.Id)
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(counter => counter.TimeZone, account.TimeZone)
                            .SetProperty(counter => counter.RescheduledThrough, (Guid?)Guid.Empty),
                    cancellationToken
                );
        }

        foreach (var id in _registered)
        {
            await context
                .ChangeCounters.Where(counter => counter.OwnerId == id)
                .ExecuteUpdateAsync(set => set.SetProperty(counter => counter.IsGuest, false), cancellationToken);
        }

        return null;
    }

    public async Task<Error?> AfterAsync(CancellationToken cancellationToken)
    {
        await context
            .ChangeCounters.Where(counter => _deleted.Contains(counter.OwnerId))
            .ExecuteDeleteAsync(cancellationToken);
        return null;
    }
}

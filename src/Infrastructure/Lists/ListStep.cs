using Fitnessify.Domain.Common;
using Fitnessify.Domain.Lists;
using Fitnessify.Infrastructure.Changes;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Fitnessify.Infrastructure.Lists;

/// <summary>
/// Places new lists, tells the readers of changes about all that have changed, notes up to which version the tasks of deleted
/// ones have to go, and counts the lists of an owner who has another one. It runs after the versions were given, because since
/// then no other request of the owner writes.
/// </summary>
internal sealed class ListStep(AppDbContext context) : ISaveStep
{
    private List<EntityEntry<TaskList>> _changed = [];
    private List<EntityEntry<TaskList>> _unplaced = [];
    private List<EntityEntry<TaskList>> _deleted = [];

    public bool TakesPart()
    {
        _changed = context.VersionedChanges<TaskList>();
        _unplaced = [.. _changed.Where(entry => entry.Entity.Position.Length == 0)];
        _deleted = [.. _changed.Where(entry => entry.Entity.DeletedAt is not null && IsToggled(entry))];
        return _changed.Count > 0;
    }

    public async Task<Error?> BeforeAsync(CancellationToken cancellationToken)
    {
        // When a save is repeated, the versions have changed.
        foreach (var entry in _unplaced)
        {
            entry.Entity.PlaceByCreation();
        }

        foreach (var entry in _deleted)
        {
            entry.Property(list => list.EmptyThrough).CurrentValue = entry.Entity.Version;
        }

        foreach (var owned in _changed.GroupBy(entry => entry.Entity.OwnerId))
        {
            var last = owned.Max(entry => entry.Entity.Version);
            await context
                .ChangeCounters.Where(counter => counter.OwnerId == owned.Key)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(counter => counter.LastListVersion, last),
                    cancellationToken
                );
        }

        return null;
    }

    public async Task<Error?> AfterAsync(CancellationToken cancellationToken)
    {
        var owners = _changed
            .Where(entry => entry.Entity.DeletedAt is null && (entry.State == EntityState.Added || IsToggled(entry)))
            .Select(entry => entry.Entity.OwnerId)
            .Distinct();
        foreach (var ownerId in owners)
        {
            var owned = context.Lists.Where(list => list.OwnerId == ownerId);
            var count = await owned
                .GroupBy(list => list.OwnerId)
                .Select(lists => new { All = lists.Count(), Live = lists.Count(list => list.DeletedAt == null) })
                .SingleAsync(cancellationToken);
            if (count.Live > TaskList.MaxPerUser || count.All > TaskList.MaxPerUserWithDeleted)
            {
                return CommonErrors.LimitReached;
            }
        }

        return null;
    }

    private static bool IsToggled(EntityEntry<TaskList> entry) => entry.Property(list => list.DeletedAt).IsModified;
}

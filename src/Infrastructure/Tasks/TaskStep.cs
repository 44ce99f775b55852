using Fitnessify.Domain.Common;
using Fitnessify.Domain.Lists;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Changes;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Fitnessify.Infrastructure.Tasks;

/// <summary>
/// Checks the lists of changed tasks, places new tasks, computes when they are due, and sets the columns that are derived from
/// others. It runs after the versions were given, because they order the tasks, and because since then no other request of the
/// owner writes, also not another time zone.
/// </summary>
internal sealed class TaskStep(AppDbContext context, VersionStep versions) : ISaveStep
{
    private List<EntityEntry<TaskItem>> _changed = [];
    private List<EntityEntry<TaskItem>> _unplaced = [];

    public bool TakesPart()
    {
        _changed = context.VersionedChanges<TaskItem>();
        _unplaced = [.. _changed.Where(entry => entry.Entity.Position.Length == 0)];
        return _changed.Count > 0;
    }

    public async Task<Error?> BeforeAsync(CancellationToken cancellationToken)
    {
        var listed = _changed.Where(IsPutIntoList).ToList();
        if (listed.Count > 0 && await CheckListsAsync(listed, cancellationToken) is { } error)
        {
            return error;
        }

        // When a save is repeated, the versions have changed.
        foreach (var entry in _unplaced)
        {
            entry.Entity.PlaceByCreation();
        }

        if (_changed.Exists(entry => IsClosedOnOtherDay(entry.Entity)))
        {
            return CommonErrors.PreconditionFailed;
        }

        foreach (var entry in _changed)
        {
            entry.Entity.ResolveDue(versions.TimeZoneOf(entry.Entity.OwnerId));
            // The save does not look for changes once more.
            entry.DetectChanges();
            TaskColumns.Fill(entry);
        }

        return null;
    }

    // The owner is in another time zone than the date of the next task was computed for.
    private bool IsClosedOnOtherDay(TaskItem task) =>
        task.ClosedOn is { } day
        && day != TimeZoneExtensions.FindOrUtc(versions.TimeZoneOf(task.OwnerId)).DateAt(task.ClosedAt);

    // The next task of a series is in the list of the one before it, which goes into the trash with a deleted list only with it.
    private static bool IsPutIntoList(EntityEntry<TaskItem> entry) =>
        entry.Entity is { ListId: not null, IsUntouched: false }
        && (entry.State == EntityState.Added || entry.Property(task => task.ListId).IsModified || IsRestored(entry));

    private static bool IsRestored(EntityEntry<TaskItem> entry) =>
        entry.Entity.DeletedAt is null && entry.Property(task => task.DeletedAt).IsModified;

    private async Task<Error?> CheckListsAsync(List<EntityEntry<TaskItem>> listed, CancellationToken cancellationToken)
    {
        foreach (var owned in listed.GroupBy(entry => entry.Entity.OwnerId))
        {
            var ids = owned.Select(entry => entry.Entity.ListId!.Value).Distinct().ToList();
            var live = await context
                .Set<TaskList>()
                .Where(list => list.OwnerId == owned.Key && ids.Contains(list.Id) && list.DeletedAt == null)
                .Select(list => list.Id)
                .ToListAsync(cancellationToken);
            if (live.Count < ids.Count)
            {
                return TaskErrors.ListNotAllowed;
            }
        }

        return null;
    }
}

using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Fitnessify.Infrastructure.Changes;

/// <summary>Finds the tasks and lists that a save creates or changes for those who sync.</summary>
internal static class VersionedEntries
{
    // Clients do not see these members of a task: an alert is a notification, and no change of the task.
    private static readonly HashSet<string> Unversioned = [nameof(TaskItem.Alerts), nameof(TaskItem.NextAlertAt)];

    extension(AppDbContext context)
    {
        public List<EntityEntry<T>> VersionedChanges<T>()
            where T : class, IVersioned =>
            [
                .. context
                    .ChangeTracker.Entries<T>()
                    .Where(entry => entry.State == EntityState.Added || IsVersionedChange(entry)),
            ];
    }

    private static bool IsVersionedChange(EntityEntry entry) =>
        entry.State == EntityState.Modified
        && entry.Properties.Any(property => property.IsModified && !Unversioned.Contains(property.Metadata.Name));
}

using Fitnessify.Domain.Tasks;

namespace Fitnessify.Infrastructure.Tasks;

/// <summary>The parts of a series.</summary>
internal static class SeriesExtensions
{
    extension(IQueryable<TaskItem> tasks)
    {
        /// <summary>Returns all tasks of a series.</summary>
        public IQueryable<TaskItem> OfSeries(Guid ownerId, Guid seriesId) =>
            tasks.Where(task => task.OwnerId == ownerId && task.SeriesId == seriesId);

        /// <summary>Returns the tasks after a date, but for those that were withdrawn.</summary>
        public IQueryable<TaskItem> Later(DateOnly after) =>
            tasks.Where(task => task.Occurrence > after && (task.DeletedAt == null || !task.IsUntouched));
    }
}

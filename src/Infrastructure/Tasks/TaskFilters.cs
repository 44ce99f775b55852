using Fitnessify.Domain.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Tasks;

/// <summary>The conditions of a filter, one each.</summary>
internal static class TaskFilters
{
    /// <summary>Those that the filter leaves.</summary>
    public static IQueryable<TaskItem> Matching(this IQueryable<TaskItem> tasks, TaskFilter filter)
    {
        if (filter.Statuses.Count > 0)
        {
            tasks = tasks.Where(task => filter.Statuses.Contains(task.Status));
        }

        if (filter.Priorities.Count > 0)
        {
            tasks = tasks.Where(task => filter.Priorities.Contains(task.Priority));
        }

        foreach (var label in filter.Labels)
        {
            var separated = TaskItem.JoinLabels([label]);
            tasks = tasks.Where(task => EF.Property<string>(task, TaskColumns.LabelKeys).Contains(separated));
        }

        if (filter.Series is { } series)
        {
            tasks = tasks.Where(task => task.SeriesId == series);
        }

        if (filter.DueBefore is { } before)
        {
            tasks = tasks.Where(task => task.DueAt < before);
        }

        if (filter.DueAfter is { } after)
        {
            tasks = tasks.Where(task => task.DueAt > after);
        }

        if (filter.IsOverdue is { } isOverdue)
        {
            tasks = tasks.Where(task =>
                (
                    task.DueAt != null
                    && task.DueAt < filter.OverdueAt
                    && (task.Status == TaskItemStatus.Todo || task.Status == TaskItemStatus.InProgress)
                ) == isOverdue
            );
        }

        foreach (var word in filter.Words)
        {
            tasks = tasks.Where(task => EF.Property<string>(task, TaskColumns.SearchText).Contains(word));
        }

        return tasks;
    }
}

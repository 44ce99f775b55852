namespace Fitnessify.Application.Tasks;

/// <summary>How many tasks there are of each kind, the trash left out. Those of archived lists count only by list.</summary>
/// <param name="ByStatus">Every status, also with 0.</param>
/// <param name="ByPriority">Every priority, also with 0.</param>
/// <param name="ByList">Every list by its id, and inbox for the tasks that are in none; also with 0.</param>
/// <param name="Overdue">To do or in progress, and due before now.</param>
/// <param name="DueToday">To do or in progress, and due today.</param>
public sealed record TaskSummaryDto(
    IReadOnlyDictionary<string, int> ByStatus,
    IReadOnlyDictionary<string, int> ByPriority,
    IReadOnlyDictionary<string, int> ByList,
    int Overdue,
    int DueToday
);

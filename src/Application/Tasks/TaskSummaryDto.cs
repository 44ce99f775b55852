namespace Fitnessify.Application.Tasks;

/// <summary>How many tasks there are of each kind, the trash left out.</summary>
/// <param name="ByStatus">Every status, also with 0.</param>
/// <param name="ByPriority">Every priority, also with 0.</param>
/// <param name="Overdue">To do or in progress, and due before now.</param>
/// <param name="DueToday">To do or in progress, and due today.</param>
public sealed record TaskSummaryDto(
    IReadOnlyDictionary<string, int> ByStatus,
    IReadOnlyDictionary<string, int> ByPriority,
    int Overdue,
    int DueToday
);

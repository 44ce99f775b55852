using Fitnessify.Domain.Tasks;

namespace Fitnessify.Application.Tasks;

/// <summary>The history of a task that repeats.</summary>
/// <param name="Occurrences">Its dates, in order.</param>
/// <param name="CurrentStreak">How many were done in a row up to now; skipped ones do not count, and do not interrupt.</param>
/// <param name="LongestStreak">The most that were ever done in a row.</param>
/// <param name="Done">How many of these dates were done.</param>
/// <param name="Missed">How many of these dates were missed.</param>
public sealed record TaskSeriesDto(
    IReadOnlyList<OccurrenceDto> Occurrences,
    int CurrentStreak,
    int LongestStreak,
    int Done,
    int Missed
);

/// <summary>A date of a task that repeats.</summary>
/// <param name="Date">yyyy-MM-dd.</param>
/// <param name="State">What became of it.</param>
/// <param name="TaskId">Its task; null if it has passed without one.</param>
/// <param name="CompletedAt">UTC; null unless done.</param>
public sealed record OccurrenceDto(string Date, OccurrenceState State, Guid? TaskId, DateTimeOffset? CompletedAt)
{
    internal static OccurrenceDto Of(Occurrence occurrence) =>
        new(Due.Format(occurrence.Date), occurrence.State, occurrence.TaskId, occurrence.CompletedAt);
}

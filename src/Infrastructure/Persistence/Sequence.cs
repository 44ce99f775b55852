namespace Fitnessify.Infrastructure.Persistence;

/// <summary>
/// Numbers rows of all owners. Whoever raises it holds its row until the commit: so the numbers become visible in their
/// order, and a reader who has seen one has seen all below it.
/// </summary>
internal sealed class Sequence
{
    public const string Notifications = nameof(Notifications);

    /// <summary>Numbers nothing, but tells which generation all numbers are of: random, and another one after a restore.</summary>
    public const string Epoch = nameof(Epoch);

    /// <summary>Numbers nothing, but tells with which version of the time zone data the dues of tasks were computed.</summary>
    public const string TimeZoneData = nameof(TimeZoneData);

    public required string Name { get; init; }

    /// <summary>The latest number.</summary>
    public long Value { get; init; }
}

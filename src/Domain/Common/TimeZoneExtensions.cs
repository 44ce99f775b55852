namespace Fitnessify.Domain.Common;

/// <summary>Local times and the moments that they stand for.</summary>
public static class TimeZoneExtensions
{
    // Clocks go on from a full quarter of an hour.
    private const long Quarter = 15 * TimeSpan.TicksPerMinute;

    /// <summary>
    /// The moment at which the clocks of a zone show this time. When they are put forward over it, the moment in which that
    /// happens; when they show it twice, the first of the two that is after another moment.
    /// </summary>
    /// <param name="zone">Whose clocks.</param>
    /// <param name="local">What they show.</param>
    /// <param name="after">UTC.</param>
    /// <returns>UTC.</returns>
    public static DateTimeOffset WhenClocksShow(this TimeZoneInfo zone, DateTime local, DateTimeOffset after = default)
    {
        ArgumentNullException.ThrowIfNull(zone);
        while (zone.IsInvalidTime(local))
        {
            local = new DateTime((local.Ticks / Quarter + 1) * Quarter);
        }

        // The greater offset is the earlier moment.
        var offsets = zone.IsAmbiguousTime(local)
            ? zone.GetAmbiguousTimeOffsets(local).OrderDescending().ToArray()
            : [zone.GetUtcOffset(local)];
        var moments = offsets.Select(offset => new DateTimeOffset(local, offset).ToUniversalTime()).ToList();
        return moments.Find(moment => moment > after) is var next && next != default ? next : moments[^1];
    }
}

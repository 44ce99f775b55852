namespace Fitnessify.Domain.Common;

/// <summary>Converts local times to moments.</summary>
public static class TimeZoneExtensions
{
    // A zone does not change its offset twice within two days.
    private static readonly TimeSpan Apart = TimeSpan.FromDays(1);

    // Moments have whole milliseconds.
    private static readonly long LastTicks = DateTimeOffset.MaxValue.Ticks - TimeSpan.TicksPerMillisecond + 1;

    /// <summary>Returns the zone with this IANA name, or UTC if this machine does not know it.</summary>
    public static TimeZoneInfo FindOrUtc(string name) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>Returns the date that clocks of a zone show at a moment.</summary>
    public static DateOnly DateAt(this TimeZoneInfo zone, DateTimeOffset moment)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return DateOnly.FromDateTime(Shift(moment, zone.GetUtcOffset(moment)).DateTime);
    }

    /// <summary>
    /// Returns the moment at which clocks of a zone show a local time. If the time is skipped, it is the moment of the change;
    /// if it occurs twice, it is the first of the two that is later than <paramref name="after"/>.
    /// </summary>
    /// <param name="zone">The time zone.</param>
    /// <param name="local">The local time.</param>
    /// <param name="after">The lower bound in UTC.</param>
    /// <returns>The moment in UTC.</returns>
    public static DateTimeOffset WhenClocksShow(this TimeZoneInfo zone, DateTime local, DateTimeOffset after = default)
    {
        ArgumentNullException.ThrowIfNull(zone);
        // Only offsets of moments are used, because .NET converts local times wrongly in the hour before a change if a zone
        // defines its summer time as the standard time (Dublin, Casablanca).
        var shown = new DateTimeOffset(local, TimeSpan.Zero);
        var (before, then) = (zone.GetUtcOffset(Shift(shown, -Apart)), zone.GetUtcOffset(Shift(shown, Apart)));
        // Both offsets fit only if the clocks are put back, and then the earlier moment has the offset from before.
        var moments = new[] { before, then }
            .Select(offset => (Moment: Shift(shown, -offset), Offset: offset))
            .Where(of => zone.GetUtcOffset(of.Moment) == of.Offset)
            .Select(of => of.Moment)
            .ToList();
        if (moments.Count > 0)
        {
            return moments.Find(moment => moment > after) is var next && next != default ? next : moments[^1];
        }

        // The moment of the change is later than the one, and not later than the other.
        var (earlier, later) = (Shift(shown, -then), Shift(shown, -before));
        while (later - earlier > TimeSpan.FromTicks(1))
        {
            var middle = earlier + ((later - earlier) / 2);
            (earlier, later) = zone.GetUtcOffset(middle) == then ? (earlier, middle) : (middle, later);
        }

        return later;
    }

    // Times are clamped to the range of moments.
    private static DateTimeOffset Shift(DateTimeOffset time, TimeSpan by) =>
        new(Math.Clamp(time.Ticks + by.Ticks, DateTimeOffset.MinValue.Ticks, LastTicks), TimeSpan.Zero);
}

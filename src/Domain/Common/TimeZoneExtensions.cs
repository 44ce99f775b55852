namespace Fitnessify.Domain.Common;

/// <summary>Local times and the moments that they stand for.</summary>
public static class TimeZoneExtensions
{
    // Clocks are put forward at a full quarter of an hour, in UTC too.
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    // Clocks are not put forward and back within two days.
    private static readonly TimeSpan Apart = TimeSpan.FromDays(1);

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
        // Only ever from moments to offsets. The other way .NET is wrong in the hour before a change where the summer time is
        // the standard one (Dublin, Casablanca).
        var shown = new DateTimeOffset(local, TimeSpan.Zero);
        var (before, then) = (zone.GetUtcOffset(Shift(shown, -Apart)), zone.GetUtcOffset(Shift(shown, Apart)));
        // The greater offset is the earlier moment.
        TimeSpan[] offsets = before > then ? [before, then] : [then, before];
        var moments = offsets
            .Select(offset => (Moment: Shift(shown, -offset), Offset: offset))
            .Where(of => zone.GetUtcOffset(of.Moment) == of.Offset)
            .Select(of => of.Moment)
            .ToList();
        if (moments.Count > 0)
        {
            return moments.Find(moment => moment > after) is var next && next != default ? next : moments[^1];
        }

        var put = Shift(shown, -then);
        put = put.AddTicks(-(put.Ticks % Quarter.Ticks));
        while (zone.GetUtcOffset(put) != then)
        {
            put += Quarter;
        }

        return put;
    }

    // At the ends of time it stays there.
    private static DateTimeOffset Shift(DateTimeOffset time, TimeSpan by) =>
        new(
            Math.Clamp(time.Ticks + by.Ticks, DateTimeOffset.MinValue.Ticks, DateTimeOffset.MaxValue.Ticks),
            TimeSpan.Zero
        );
}

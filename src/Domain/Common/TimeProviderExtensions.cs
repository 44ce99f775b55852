namespace Fitnessify.Domain.Common;

/// <summary>Reads the clock in the precision that is stored.</summary>
public static class TimeProviderExtensions
{
    /// <summary>Returns the current time in UTC, truncated to milliseconds, so that answers, stored values and comparisons agree.</summary>
    public static DateTimeOffset Now(this TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        var now = clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
    }
}

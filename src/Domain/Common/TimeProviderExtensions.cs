namespace Fitnessify.Domain.Common;

/// <summary>The one way to read the clock.</summary>
public static class TimeProviderExtensions
{
    /// <summary>Now, in UTC, truncated to milliseconds: what is answered, what is stored and what is compared are then the same.</summary>
    public static DateTimeOffset Now(this TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        var now = clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
    }
}

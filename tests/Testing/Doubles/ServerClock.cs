using Microsoft.Extensions.Time.Testing;

namespace Fitnessify.Testing;

/// <summary>The wall clock of a whole server: it stands still until it is moved, while what is measured and waited for goes on.</summary>
internal sealed class ServerClock() : FakeTimeProvider(First)
{
    public static readonly DateTimeOffset First = new(2031, 5, 6, 7, 8, 9, 123, 456, TimeSpan.Zero);

    // A server waits for its database, its jobs and its hashing threads, which know nothing of this clock.
    public override long TimestampFrequency => System.TimestampFrequency;

    public override long GetTimestamp() => System.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, dueTime, period);

    /// <summary>As an operator or a time server does: forward or back.</summary>
    public void Put(TimeSpan by) => AdjustTime(GetUtcNow() + by);
}

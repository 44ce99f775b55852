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

/// <summary>The clock of a server that outlives its tests: that of the test which has the server now.</summary>
internal sealed class LentClock : TimeProvider
{
    private ServerClock _shown = new();

    public override DateTimeOffset GetUtcNow() => _shown.GetUtcNow();

    /// <summary>Shows from now on what another shows, which is put ahead of all that has been shown.</summary>
    public void Show(ServerClock clock)
    {
        clock.SetUtcNow(_shown.GetUtcNow() + TimeSpan.FromDays(1));
        _shown = clock;
    }
}

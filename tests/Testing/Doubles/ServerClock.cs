using Microsoft.Extensions.Time.Testing;

namespace Fitnessify.Testing;

/// <summary>The wall clock of a whole server: it stands still until it is moved, while timers and measured time run normally.</summary>
internal sealed class ServerClock() : FakeTimeProvider(First)
{
    public static readonly DateTimeOffset First = new(2031, 5, 6, 7, 8, 9, 123, 456, TimeSpan.Zero);

    // A server waits for its database, its jobs and its hashing threads, which do not use this clock.
    public override long TimestampFrequency => System.TimestampFrequency;

    public override long GetTimestamp() => System.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, dueTime, period);

    /// <summary>Sets the clock forward or back, as an operator or a time server does.</summary>
    public void Put(TimeSpan by) => AdjustTime(GetUtcNow() + by);
}

/// <summary>The clock of a server that is shared by tests: it shows that of the test which currently uses the server.</summary>
internal sealed class SharedClock : TimeProvider
{
    private ServerClock _shown = new();

    public override DateTimeOffset GetUtcNow() => _shown.GetUtcNow();

    /// <summary>Shows another clock from now on, which is set ahead of everything that was shown before.</summary>
    public void Show(ServerClock clock)
    {
        clock.SetUtcNow(_shown.GetUtcNow() + TimeSpan.FromDays(1));
        _shown = clock;
    }
}

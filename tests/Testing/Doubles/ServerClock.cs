using Microsoft.Extensions.Time.Testing;

namespace Fitnessify.Testing;

/// <summary>The time of a whole server: it stands still until it is told to move, while timers go on by the system's clock.</summary>
internal sealed class ServerClock() : FakeTimeProvider(First)
{
    public static readonly DateTimeOffset First = new(2031, 5, 6, 7, 8, 9, 123, 456, TimeSpan.Zero);

    // A server waits with them for its database, its jobs and its hashing threads, which know nothing of this clock.
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, dueTime, period);
}

using Fitnessify.Application.Tests.Support;

namespace Fitnessify.Application.Tests.Notifications;

/// <summary>The clock stands still, and its timers fire when a test says so.</summary>
internal sealed class ManualTimers : TimeProvider
{
    private readonly List<Timer> _timers = [];

    /// <summary>Gets the periods of all timers that have not been stopped.</summary>
    public IEnumerable<TimeSpan> Periods => _timers.Select(timer => timer.Period);

    public override DateTimeOffset GetUtcNow() => Given.Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state), period);
        _timers.Add(timer);
        return timer;
    }

    /// <summary>Fires all timers.</summary>
    public void Fire() => _timers.ForEach(timer => timer.Fire());

    private sealed class Timer(ManualTimers timers, Action fire, TimeSpan period) : ITimer
    {
        public TimeSpan Period => period;

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period) =>
            throw new NotSupportedException("Nobody changes a timer here.");

        public void Dispose() => timers._timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

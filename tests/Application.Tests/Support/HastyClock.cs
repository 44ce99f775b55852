using Microsoft.Extensions.Time.Testing;

namespace Fitnessify.Application.Tests.Support;

/// <summary>A clock that stands still, and on which every pause ends at once.</summary>
internal sealed class HastyClock() : FakeTimeProvider(Given.Now)
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, TimeSpan.Zero, period);
}

using Fitnessify.Domain.Common;
using FsCheck;
using FsCheck.Fluent;

namespace Fitnessify.Domain.Tests.Common;

public sealed class TimeProviderExtensionsTests
{
    private static readonly DateTimeOffset Second = new(2026, 3, 14, 15, 9, 26, TimeSpan.Zero);

    [TestCase(0, 0)]
    [TestCase(9_999, 0)]
    [TestCase(10_000, 10_000)]
    [TestCase(1_239_999, 1_230_000)]
    public void Now_is_truncated_to_milliseconds_and_never_rounded_up(long ticks, long expected) =>
        Assert.That(new Clock(Second.AddTicks(ticks)).Now(), Is.EqualTo(Second.AddTicks(expected)));

    [Test]
    public void Now_is_the_last_whole_millisecond_in_UTC_at_any_time() =>
        Prop.ForAll<DateTime>(time =>
            {
                var exact = new DateTimeOffset(time.Ticks, TimeSpan.Zero);
                var now = new Clock(exact).Now();
                return now.Offset == TimeSpan.Zero
                    && now.Ticks % TimeSpan.TicksPerMillisecond == 0
                    && now <= exact
                    && exact - now < TimeSpan.FromMilliseconds(1)
                    && new Clock(now).Now() == now;
            })
            .QuickCheckThrowOnFailure();

    [Test]
    public void Now_requires_a_clock() => Assert.That(() => ((TimeProvider)null!).Now(), Throws.ArgumentNullException);

    private sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}

using Fitnessify.Application.Sessions;
using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Sessions;

namespace Fitnessify.Infrastructure.Tests.Sessions;

public sealed class LiveSessionCacheTests : IDisposable
{
    private static readonly LiveSession Session = new(
        Guid.CreateVersion7(),
        Guid.CreateVersion7(),
        DateTimeOffset.MaxValue,
        new HashSet<string>(),
        new RefreshCounters(0, -1, true)
    );

    private readonly Uptime _uptime = new();
    private readonly LiveSessionCache _cache;

    public LiveSessionCacheTests() => _cache = new LiveSessionCache(new SessionOptions(), _uptime);

    public void Dispose() => _cache.Dispose();

    [Test]
    public void Keeps_what_was_read()
    {
        _cache.Add(Session, _cache.Version);

        Assert.That(_cache.Find(Session.Id), Is.SameAs(Session));
    }

    [Test]
    public void Forgets_what_is_evicted()
    {
        _cache.Add(Session, _cache.Version);
        _cache.Evict(Session.Id);

        Assert.That(_cache.Find(Session.Id), Is.Null);
    }

    [Test]
    public void Does_not_store_what_was_read_before_an_eviction()
    {
        var version = _cache.Version;
        _cache.Evict(Session.Id);
        _cache.Add(Session, version);

        Assert.That(_cache.Find(Session.Id), Is.Null);
    }

    [Test]
    public void Keeps_nothing_longer_because_the_clock_was_put_back()
    {
        _cache.Add(Session, _cache.Version);
        _uptime.Passed = TimeSpan.FromSeconds(5) - TimeSpan.FromMilliseconds(1);
        Assert.That(_cache.Find(Session.Id), Is.SameAs(Session), "half of the time until every instance has to know");

        _uptime.Now -= TimeSpan.FromHours(1);
        _uptime.Passed = TimeSpan.FromSeconds(5);

        Assert.That(_cache.Find(Session.Id), Is.Null);
    }

    /// <summary>The time of day, and the time that has passed, each as it is set.</summary>
    private sealed class Uptime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

        public TimeSpan Passed { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Now;

        public override long GetTimestamp() => Passed.Ticks;
    }
}

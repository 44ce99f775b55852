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
    public void The_cache_keeps_what_was_read()
    {
        _cache.Add(Session, _cache.Version);

        Assert.That(_cache.Find(Session.Id), Is.SameAs(Session));
    }

    [Test]
    public void The_cache_forgets_what_is_evicted()
    {
        _cache.Add(Session, _cache.Version);
        _cache.Evict(Session.Id);

        Assert.That(_cache.Find(Session.Id), Is.Null);
    }

    [Test]
    public void The_cache_does_not_store_what_was_read_before_an_eviction()
    {
        var version = _cache.Version;
        _cache.Evict(Session.Id);
        _cache.Add(Session, version);

        Assert.That(_cache.Find(Session.Id), Is.Null);
    }

    [Test]
    public void The_cache_keeps_nothing_longer_when_the_clock_is_set_back()
    {
        _cache.Add(Session, _cache.Version);
        _uptime.Passed = TimeSpan.FromSeconds(5) - TimeSpan.FromMilliseconds(1);
        Assert.That(
            _cache.Find(Session.Id),
            Is.SameAs(Session),
            "This is half of the time until every instance has to know."
        );

        _uptime.Now -= TimeSpan.FromHours(1);
        _uptime.Passed = TimeSpan.FromSeconds(5);

        Assert.That(_cache.Find(Session.Id), Is.Null);
    }

    /// <summary>The wall clock and the elapsed time are set separately.</summary>
    private sealed class Uptime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

        public TimeSpan Passed { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Now;

        public override long GetTimestamp() => Passed.Ticks;
    }
}

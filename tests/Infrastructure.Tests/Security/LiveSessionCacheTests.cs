using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Security;

namespace Fitnessify.Infrastructure.Tests.Security;

public sealed class LiveSessionCacheTests : IDisposable
{
    private static readonly LiveSession Session = new(
        Guid.CreateVersion7(),
        Guid.CreateVersion7(),
        DateTimeOffset.MaxValue,
        new HashSet<string>()
    );

    private readonly LiveSessionCache _cache = new(new RevocationOptions());

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
}

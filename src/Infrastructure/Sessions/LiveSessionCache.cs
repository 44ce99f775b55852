using Fitnessify.Application.Sessions;
using Fitnessify.Domain.Sessions;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Internal;

namespace Fitnessify.Infrastructure.Sessions;

/// <summary>
/// Sessions that were live a moment ago. An entry stays for half of <see cref="SessionOptions.RevocationSeconds"/>, and
/// never outlives an eviction: what was read before it is not stored after it.
/// </summary>
internal sealed class LiveSessionCache(SessionOptions options, TimeProvider clock) : IDisposable
{
    private const int MaxEntries = 100_000;

    // Of time that only passes: when the clock is put back, nothing stays longer.
    private readonly MemoryCache _cache = new(
        new MemoryCacheOptions { SizeLimit = MaxEntries, Clock = new Uptime(clock) }
    );
    private readonly TimeSpan _lifetime = TimeSpan.FromSeconds(options.RevocationSeconds / 2.0);
    private readonly Lock _lock = new();
    private long _version;

    /// <summary>To be read before the database is, and handed to <see cref="Add"/>.</summary>
    public long Version => Volatile.Read(ref _version);

    public LiveSession? Find(Guid id) => _cache.Get<LiveSession>(id);

    public void Add(LiveSession session, long version)
    {
        lock (_lock)
        {
            if (version == _version)
            {
                _cache.Set(
                    session.Id,
                    session,
                    new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = _lifetime, Size = 1 }
                );
            }
        }
    }

    public void Evict(Guid id)
    {
        lock (_lock)
        {
            _version++;
            _cache.Remove(id);
        }
    }

    /// <summary>Evicts these sessions, and all of these users: some that begin at this moment are not known by their id.</summary>
    public void Evict(IReadOnlyCollection<Guid> ids, IReadOnlySet<Guid> ownerIds)
    {
        if (ids.Count == 0 && ownerIds.Count == 0)
        {
            return;
        }

        lock (_lock)
        {
            _version++;
            foreach (var id in ownerIds.Count == 0 ? ids : ids.Concat(IdsOf(ownerIds)))
            {
                _cache.Remove(id);
            }
        }
    }

    public void Dispose() => _cache.Dispose();

    private List<Guid> IdsOf(IReadOnlySet<Guid> ownerIds) =>
        [.. _cache.Keys.OfType<Guid>().Where(id => Find(id) is { } session && ownerIds.Contains(session.OwnerId))];

    private sealed class Uptime(TimeProvider clock) : ISystemClock
    {
        private readonly long _started = clock.GetTimestamp();

        public DateTimeOffset UtcNow => DateTimeOffset.UnixEpoch + clock.GetElapsedTime(_started);
    }
}

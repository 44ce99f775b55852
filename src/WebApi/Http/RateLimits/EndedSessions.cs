using System.Collections.Concurrent;

namespace Fitnessify.WebApi.Http.RateLimits;

/// <summary>
/// The sessions that have sent access tokens after their end. Whoever goes on with such a token must not use up the requests of the
/// user, who may have ended the session because it was stolen.
/// </summary>
internal sealed class EndedSessions
{
    // A token ends after minutes, so that there are few. Without all of them, each costs its user one more request.
    private const int MaxCount = 10_000;

    private readonly ConcurrentDictionary<string, bool> _ids = new();

    public bool Contains(string id) => _ids.ContainsKey(id);

    public void Add(string id)
    {
        if (_ids.Count >= MaxCount)
        {
            _ids.Clear();
        }

        _ids[id] = true;
    }
}

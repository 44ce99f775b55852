using System.Collections.Concurrent;
using Lib.Net.Http.WebPush.Authentication;

namespace Fitnessify.Infrastructure.Push;

/// <summary>Tells each push service who this server is (RFC 8292), by one signature for the messages of hours.</summary>
internal sealed class WebPushAuthentication(VapidKey key, WebPushContact contact, TimeProvider clock)
{
    // Users name the endpoints, and a pattern of Push:AllowedHosts permits any number of origins. To begin again costs one
    // signature for each origin that is still in use.
    private const int MaxOrigins = 1000;

    private readonly ConcurrentDictionary<string, VapidAuthentication> _origins = new();

    /// <summary>Returns what authenticates messages to an endpoint.</summary>
    public async ValueTask<VapidAuthentication> GetAsync(string endpoint, CancellationToken cancellationToken)
    {
        var origin = new Uri(endpoint).GetLeftPart(UriPartial.Authority);
        if (_origins.TryGetValue(origin, out var known))
        {
            return known;
        }

        var pair = await key.GetAsync(cancellationToken);
        if (_origins.Count >= MaxOrigins)
        {
            _origins.Clear();
        }

        return _origins.GetOrAdd(
            origin,
            new VapidAuthentication(pair.PublicKey, pair.PrivateKey)
            {
                TokenCache = new WebPushToken(origin, contact.Subject, pair, clock),
            }
        );
    }
}

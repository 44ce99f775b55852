using System.Collections.Frozen;
using Fitnessify.Domain.Push;

namespace Fitnessify.Infrastructure.Push;

internal sealed class PushPlatforms(IEnumerable<IPushAdapter> adapters, PushHosts hosts, VapidKey vapid)
    : IPushPlatforms
{
    private readonly FrozenSet<PushPlatform> _configured = adapters.Select(adapter => adapter.Platform).ToFrozenSet();

    public bool IsConfigured(PushPlatform platform) => _configured.Contains(platform);

    public bool AllowsEndpoint(string endpoint) => hosts.Allows(endpoint);

    public async ValueTask<string> ReadWebPushPublicKeyAsync(CancellationToken cancellationToken) =>
        (await vapid.GetAsync(cancellationToken)).PublicKey;
}

using Fitnessify.Domain.Push;

namespace Fitnessify.Application.Tests.Push;

/// <summary>A server that is configured for all services, until a test changes that.</summary>
internal sealed class FakePushPlatforms : IPushPlatforms
{
    public const string ForbiddenHost = "forbidden.example.org";

    public const string PublicKey =
        "BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM";

    /// <summary>Gets the services that the server is configured for.</summary>
    public HashSet<PushPlatform> Configured { get; } = [.. Enum.GetValues<PushPlatform>()];

    public bool IsConfigured(PushPlatform platform) => Configured.Contains(platform);

    public bool AllowsEndpoint(string endpoint) => new Uri(endpoint).Host != ForbiddenHost;

    public ValueTask<string> ReadWebPushPublicKeyAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(PublicKey);
}

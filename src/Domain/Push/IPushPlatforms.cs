namespace Fitnessify.Domain.Push;

/// <summary>The services that this server is configured for.</summary>
public interface IPushPlatforms
{
    /// <summary>Returns whether messages can be sent by this service.</summary>
    bool IsConfigured(PushPlatform platform);

    /// <summary>
    /// Returns whether messages may be sent to an endpoint of Web Push: an https URL on one of the hosts that
    /// <c>Push:AllowedHosts</c> lists. Which address the host has is checked with each connection.
    /// </summary>
    bool AllowsEndpoint(string endpoint);

    /// <summary>
    /// Returns the public key that apps subscribe with (RFC 8292, 3.2), an uncompressed point on P-256 in base64url without
    /// padding. It is made once, and the same on all instances.
    /// </summary>
    ValueTask<string> ReadWebPushPublicKeyAsync(CancellationToken cancellationToken);
}

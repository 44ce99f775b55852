namespace Fitnessify.Infrastructure.Push;

/// <summary>The hosts that endpoints of Web Push may name.</summary>
internal sealed class PushHosts(PushOptions options, bool allowsThisMachine)
{
    private const string AnySubdomain = "*.";

    /// <summary>
    /// Gets whether messages may go to this machine: only in Development, and only if <c>Push:AllowedHosts</c> names it, for a
    /// push service that a developer runs there.
    /// </summary>
    public bool AllowsThisMachine { get; } =
        allowsThisMachine
        && options.AllowedHosts.Any(host =>
            new Uri($"https://{host.Replace(AnySubdomain, "any.", StringComparison.Ordinal)}").IsLoopback
        );

    /// <summary>Returns whether it is an https URL on an allowed host; http is allowed for this machine.</summary>
    public bool Allows(string endpoint) =>
        Uri.TryCreate(endpoint, UriKind.Absolute, out var url)
        && (url is { Scheme: "https", IsDefaultPort: true, IsLoopback: false } || (url.IsLoopback && AllowsThisMachine))
        && options.AllowedHosts.Any(host => Matches(host, url.IdnHost));

    private static bool Matches(string pattern, string host) =>
        pattern.StartsWith(AnySubdomain, StringComparison.Ordinal)
            ? host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase)
            : host.Equals(pattern, StringComparison.OrdinalIgnoreCase);
}

using System.Text;
using Fitnessify.Infrastructure.Common;

namespace Fitnessify.Infrastructure.Push;

/// <summary>The hosts that endpoints of Web Push may name.</summary>
internal sealed class PushHosts
{
    private const string AnySubdomain = "*.";

    private readonly string[] _allowed;

    /// <summary>Reads the setting.</summary>
    /// <exception cref="SettingsException">An entry is no host name, or is this machine outside of Development.</exception>
    public PushHosts(PushOptions options, bool isDevelopment)
    {
        _allowed = options.AllowedHosts;
        for (var i = 0; i < _allowed.Length; i++)
        {
            Check($"Push:AllowedHosts:{i}", _allowed[i], isDevelopment);
        }

        AllowsThisMachine = _allowed.Any(IsThisMachine);
    }

    /// <summary>
    /// Gets whether messages may go to this machine: only in Development, and only if <c>Push:AllowedHosts</c> names it, for a
    /// push service that a developer runs there.
    /// </summary>
    public bool AllowsThisMachine { get; }

    /// <summary>Returns whether it is an https URL on an allowed host; this machine may have http and another port.</summary>
    public bool Allows(string endpoint) =>
        // Another script may look like an allowed host; endpoints are ASCII.
        Ascii.IsValid(endpoint)
        && Uri.TryCreate(endpoint, UriKind.Absolute, out var url)
        && url.UserInfo.Length == 0
        && (
            IsThisMachine(url.IdnHost)
                ? url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp
                : url.Scheme == Uri.UriSchemeHttps && url.IsDefaultPort && url.HostNameType == UriHostNameType.Dns
        )
        && _allowed.Any(pattern => Matches(pattern, url.IdnHost));

    private static bool Matches(string pattern, string host) =>
        pattern.StartsWith(AnySubdomain, StringComparison.Ordinal)
            ? host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase)
            : host.Equals(pattern, StringComparison.OrdinalIgnoreCase);

    private static void Check(string key, string pattern, bool isDevelopment)
    {
        if (IsThisMachine(pattern))
        {
            if (!isDevelopment)
            {
                throw new SettingsException(key, $"'{pattern}' is this machine, which is for Development; remove it.");
            }
        }
        else if (!IsHostName(pattern.StartsWith(AnySubdomain, StringComparison.Ordinal) ? pattern[2..] : pattern))
        {
            throw new SettingsException(
                key,
                $"'{pattern}' is no host; use a name such as ntfy.sh, or *.example.org for all below it."
            );
        }
    }

    // The parser of URLs also reads 127.1 or 0x7f000001 as an address, as it will in an endpoint.
    private static bool IsHostName(string text) =>
        !text.EndsWith('.')
        && Uri.TryCreate($"https://{text}/", UriKind.Absolute, out var url)
        && url.HostNameType == UriHostNameType.Dns
        && url.IdnHost.Equals(text, StringComparison.OrdinalIgnoreCase);

    private static bool IsThisMachine(string host) =>
        host is "127.0.0.1" or "::1" || host.Equals("localhost", StringComparison.OrdinalIgnoreCase);
}

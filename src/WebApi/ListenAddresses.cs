using System.Net;
using Fitnessify.Infrastructure.Common;

namespace Fitnessify.WebApi;

/// <summary>
/// The addresses are checked before Kestrel starts. Kestrel takes an invalid port for a part of the host name and then
/// listens on port 80 of all interfaces.
/// </summary>
internal static class ListenAddresses
{
    private const string Allowed = "Allowed is http://host:port or https://host:port, several parted by ';'.";

    /// <exception cref="SettingsException">An address is invalid.</exception>
    public static void Check(string? urls)
    {
        foreach (var url in (urls ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!IsAddress(url))
            {
                throw new SettingsException("urls", $"'{url}' is no address to listen on. {Allowed}");
            }
        }
    }

    private static bool IsAddress(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return IsHttp(address)
                && (
                    address.IsUnixPipe
                    || address.IsNamedPipe
                    || (address.Port is >= 0 and <= IPEndPoint.MaxPort && IsHost(address.Host, address.Port))
                );
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static bool IsHttp(BindingAddress address) =>
        address.Scheme.Equals("http", StringComparison.OrdinalIgnoreCase)
        || address.Scheme.Equals("https", StringComparison.OrdinalIgnoreCase);

    // '*' and '+' mean all interfaces, and localhost means two interfaces, which would get different ports.
    private static bool IsHost(string host, int port) =>
        host is "*" or "+"
        || (
            Uri.CheckHostName(host) != UriHostNameType.Unknown
            && (port > 0 || !host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        );
}

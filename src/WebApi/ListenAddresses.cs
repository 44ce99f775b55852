using System.Net;
using Fitnessify.Infrastructure.Common;

namespace Fitnessify.WebApi;

/// <summary>
/// Where the server is told to listen. Kestrel takes a port that is no number for a part of the name, and then listens
/// on port 80 of all interfaces; what it cannot use it throws at whoever reads the log.
/// </summary>
internal static class ListenAddresses
{
    private const string Allowed = "Allowed is http://host:port or https://host:port, several parted by ';'.";

    /// <summary>Looks at the setting before anything is started.</summary>
    /// <param name="urls">As configured.</param>
    /// <exception cref="SettingsException">One of them is no address.</exception>
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

    // '*' and '+' are all interfaces; localhost is two of them, which would get different ports.
    private static bool IsHost(string host, int port) =>
        host is "*" or "+"
        || (
            Uri.CheckHostName(host) != UriHostNameType.Unknown
            && (port > 0 || !host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        );
}

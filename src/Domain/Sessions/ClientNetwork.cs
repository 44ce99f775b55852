using System.Net;
using System.Net.Sockets;

namespace Fitnessify.Domain.Sessions;

/// <summary>Whom a limit by address is about, and what counts as the same place.</summary>
public static class ClientNetwork
{
    // A household or phone has at least a /64 of IPv6: single addresses would let it have any number of limits.
    private const int Ipv6PrefixBytes = 8;

    /// <summary>The address for IPv4, the network that it belongs to for IPv6.</summary>
    public static string Of(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, Ipv6PrefixBytes))
            : address.ToString();
    }

    /// <summary>The same of its text; what is no address stays as it is.</summary>
    public static string? Of(string? address) => IPAddress.TryParse(address, out var parsed) ? Of(parsed) : address;
}

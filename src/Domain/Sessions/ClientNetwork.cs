using System.Net;
using System.Net.Sockets;

namespace Fitnessify.Domain.Sessions;

/// <summary>Reduces a client's address to the network that limits and known devices are counted by.</summary>
public static class ClientNetwork
{
    // A household or phone has at least a /64 network of IPv6, so a limit per address would give it as many limits as it likes.
    private const int Ipv6PrefixBytes = 8;

    /// <summary>Returns the address for IPv4, and the /64 network for IPv6.</summary>
    public static string Of(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, Ipv6PrefixBytes))
            : address.ToString();
    }

    /// <summary>Does the same for the text of an address; returns any other text unchanged.</summary>
    public static string? Of(string? address) => IPAddress.TryParse(address, out var parsed) ? Of(parsed) : address;
}

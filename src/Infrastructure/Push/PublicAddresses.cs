using System.Net;
using System.Net.Sockets;

namespace Fitnessify.Infrastructure.Push;

/// <summary>Tells the addresses of the Internet from those that lead into the operator's own network or nowhere.</summary>
internal static class PublicAddresses
{
    // The IANA IPv4 Special-Purpose Address Registry (RFC 6890), multicast, and what is reserved.
    private static readonly IPNetwork[] NotPublic4 =
    [
        IPNetwork.Parse("0.0.0.0/8"),
        IPNetwork.Parse("10.0.0.0/8"),
        // Between a provider and its customers (RFC 6598); also the metadata of some clouds.
        IPNetwork.Parse("100.64.0.0/10"),
        IPNetwork.Parse("127.0.0.0/8"),
        // The virtual server of Azure that each of its machines reaches.
        IPNetwork.Parse("168.63.129.16/32"),
        IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.0.0.0/24"),
        IPNetwork.Parse("192.0.2.0/24"),
        // Relays of 6to4, which are no more (RFC 7526).
        IPNetwork.Parse("192.88.99.0/24"),
        IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("198.18.0.0/15"),
        IPNetwork.Parse("198.51.100.0/24"),
        IPNetwork.Parse("203.0.113.0/24"),
        IPNetwork.Parse("224.0.0.0/4"),
        IPNetwork.Parse("240.0.0.0/4"),
    ];

    // All global unicast addresses that IANA has given out. Outside of it are ::1, unique local and link-local addresses,
    // multicast, and IPv4 addresses in disguise: mapped, compatible and translated ones (64:ff9b::/96, 64:ff9b:1::/48).
    private static readonly IPNetwork Global6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] NotPublic6 =
    [
        // Assignments of the IETF: Teredo, which holds an IPv4 address, benchmarks and ORCHID among them (RFC 2928).
        IPNetwork.Parse("2001::/23"),
        IPNetwork.Parse("2001:db8::/32"),
        // 6to4, which holds an IPv4 address.
        IPNetwork.Parse("2002::/16"),
        // The network of the former 6bone (RFC 3701).
        IPNetwork.Parse("3ffe::/16"),
        IPNetwork.Parse("3fff::/20"),
    ];

    /// <summary>Returns whether the address is one of the Internet.</summary>
    public static bool IsPublic(IPAddress address) =>
        address.AddressFamily switch
        {
            AddressFamily.InterNetwork => !Array.Exists(NotPublic4, network => network.Contains(address)),
            AddressFamily.InterNetworkV6 => Global6.Contains(address)
                && !Array.Exists(NotPublic6, network => network.Contains(address)),
            _ => false,
        };
}

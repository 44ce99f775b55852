using System.Net;
using System.Net.Sockets;

namespace Fitnessify.Infrastructure.Push;

/// <summary>Resolves a host to its addresses.</summary>
internal delegate Task<IPAddress[]> ResolveHost(string host, CancellationToken cancellationToken);

/// <summary>A host has an address outside of the Internet. The name of this class is what is logged.</summary>
internal sealed class PrivateAddressException() : Exception("The host has an address that is not public.");

/// <summary>
/// Opens connections to hosts that users have named, but never into the operator's own network. The host is resolved once, and
/// the connection goes to the addresses that were checked: a second look-up could have another answer.
/// </summary>
internal sealed class PushHttpConnections(PushHosts hosts, ResolveHost resolve)
{
    public async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context,
        CancellationToken cancellationToken
    )
    {
        var addresses = await resolve(context.DnsEndPoint.Host, cancellationToken);
        // One private address among public ones is a mistake or an attack; nothing tells which the system would choose.
        if (!addresses.All(IsAllowed))
        {
            throw new PrivateAddressException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool IsAllowed(IPAddress address) =>
        PublicAddresses.IsPublic(address) || (hosts.AllowsThisMachine && IPAddress.IsLoopback(address));
}

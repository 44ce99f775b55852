// Longer than 150 lines: the few messages of [MS-TDS] that a client needs to sign in and to be refused belong together.
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Fitnessify.Testing;

/// <summary>An error that the server returns instead of success.</summary>
/// <param name="Number">The number in sys.messages.</param>
/// <param name="Message">The message of the error.</param>
internal sealed record SqlRefusal(int Number, string Message);

/// <summary>
/// Speaks as much of SQL Server's protocol (TDS 7.4, without encryption) as a client needs to sign in and to learn that a
/// statement has succeeded or failed. It has no data.
/// </summary>
internal sealed class ScriptedSqlServer : IDisposable
{
    private const int HeaderLength = 8;
    private const byte Login = 0x10;
    private const byte PreLogin = 0x12;
    private const byte Answer = 0x04;
    private const byte Batch = 0x01;
    private const byte LastPacket = 0x01;

    // This is the class of errors that the user can correct.
    private const byte UserError = 14;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, SqlRefusal?> _response;
    private readonly ConcurrentQueue<string> _requests = new();

    public ScriptedSqlServer(Func<string, SqlRefusal?> response)
    {
        _response = response;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Gets all requests.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    /// <summary>Gets a connection string to a database of that name.</summary>
    public string ConnectionStringTo(string database) =>
        $"Server=127.0.0.1,{((IPEndPoint)_listener.LocalEndpoint).Port};Database={database};User ID=sa;"
        + "Password=Planted-1;Encrypt=Optional";

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The server has stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                while (true)
                {
                    var (type, message) = await ReadAsync(stream);
                    await stream.WriteAsync(Packet(AnswerTo(type, message)));
                }
            }
            catch (IOException)
            {
                // The client has disconnected.
            }
        }
    }

    private byte[] AnswerTo(byte type, byte[] message)
    {
        if (type == PreLogin)
        {
            return VersionWithoutEncryption;
        }

        var request = type switch
        {
            Login => $"login {DatabaseIn(message)}",
            // The headers in front of it contain their length.
            Batch => Encoding.Unicode.GetString(message.AsSpan((int)BinaryPrimitives.ReadUInt32LittleEndian(message))),
            _ => Encoding.Unicode.GetString(message),
        };
        _requests.Enqueue(request);
        return _response(request) is { } refusal ? [.. Error(refusal), .. Done(failed: true)]
            : type == Login ? [.. LoggedIn, .. Done()]
            : Done();
    }

    private static async Task<(byte Type, byte[] Message)> ReadAsync(NetworkStream stream)
    {
        List<byte> message = [];
        var header = new byte[HeaderLength];
        do
        {
            await stream.ReadExactlyAsync(header);
            var part = new byte[BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(2)) - HeaderLength];
            await stream.ReadExactlyAsync(part);
            message.AddRange(part);
        } while ((header[1] & LastPacket) == 0);

        return (header[0], [.. message]);
    }

    // The table of positions in a login has the position and the length of the database, in characters, at offset 68.
    private static string DatabaseIn(byte[] login)
    {
        var offset = BinaryPrimitives.ReadUInt16LittleEndian(login.AsSpan(68));
        var length = BinaryPrimitives.ReadUInt16LittleEndian(login.AsSpan(70));
        return Encoding.Unicode.GetString(login, offset, 2 * length);
    }

    private static byte[] Packet(byte[] tokens)
    {
        var packet = new byte[HeaderLength + tokens.Length];
        (packet[0], packet[1], packet[6]) = (Answer, LastPacket, 1);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        tokens.CopyTo(packet, HeaderLength);
        return packet;
    }

    // Each option has its number, position and length; then follow version 16 and "encryption not supported".
    private static byte[] VersionWithoutEncryption => [0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xFF, 16, 0, 0, 0, 0, 0, 2];

    private static byte[] LoggedIn => Token(0xAD, [1, 0x74, 0, 0, 4, .. Short("Scripted"), 16, 0, 0, 0]);

    private static byte[] Error(SqlRefusal refusal) =>
        Token(
            0xAA,
            [
                .. BitConverter.GetBytes(refusal.Number),
                1,
                UserError,
                .. BitConverter.GetBytes((ushort)refusal.Message.Length),
                .. Encoding.Unicode.GetBytes(refusal.Message),
                .. Short("Scripted"),
                .. Short(""),
                .. BitConverter.GetBytes(1),
            ]
        );

    private static byte[] Done(bool failed = false) => [0xFD, (byte)(failed ? 2 : 0), 0, 0, 0, .. new byte[8]];

    private static byte[] Token(byte type, byte[] content) =>
        [type, .. BitConverter.GetBytes((ushort)content.Length), .. content];

    private static byte[] Short(string text) => [(byte)text.Length, .. Encoding.Unicode.GetBytes(text)];
}

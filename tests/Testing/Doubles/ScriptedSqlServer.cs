// Longer than 150 lines: the few messages of [MS-TDS] that a client needs to sign in and to be refused belong together.
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Fitnessify.Testing;

/// <summary>What it answers in place of success.</summary>
/// <param name="Number">As in sys.messages.</param>
/// <param name="Message">What it says.</param>
internal sealed record SqlRefusal(int Number, string Message);

/// <summary>
/// Speaks as much of SQL Server's protocol (TDS 7.4, without encryption) as it takes to sign in, and to be told that a statement
/// has succeeded or failed. It has no data.
/// </summary>
internal sealed class ScriptedSqlServer : IDisposable
{
    private const int HeaderLength = 8;
    private const byte Login = 0x10;
    private const byte PreLogin = 0x12;
    private const byte Answer = 0x04;
    private const byte Batch = 0x01;
    private const byte LastPacket = 0x01;

    // The class of an error that the user can mend.
    private const byte UserError = 14;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, SqlRefusal?> _answer;
    private readonly ConcurrentQueue<string> _asked = new();

    /// <param name="answer">To "login" with the database, or to the text of a statement; null is success.</param>
    public ScriptedSqlServer(Func<string, SqlRefusal?> answer)
    {
        _answer = answer;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>All that it was asked.</summary>
    public IReadOnlyCollection<string> Asked => _asked;

    /// <summary>To a database of that name.</summary>
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
            // It has ended.
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
                // The client has gone.
            }
        }
    }

    private byte[] AnswerTo(byte type, byte[] message)
    {
        if (type == PreLogin)
        {
            return VersionWithoutEncryption;
        }

        var asked = type switch
        {
            Login => $"login {DatabaseIn(message)}",
            // Behind headers that say how long they are.
            Batch => Encoding.Unicode.GetString(message.AsSpan((int)BinaryPrimitives.ReadUInt32LittleEndian(message))),
            _ => Encoding.Unicode.GetString(message),
        };
        _asked.Enqueue(asked);
        return _answer(asked) is { } refusal ? [.. Error(refusal), .. Done(failed: true)]
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

    // The table of what stands where in a login has place and length of the database, in characters, at 68.
    private static string DatabaseIn(byte[] login)
    {
        var place = BinaryPrimitives.ReadUInt16LittleEndian(login.AsSpan(68));
        var length = BinaryPrimitives.ReadUInt16LittleEndian(login.AsSpan(70));
        return Encoding.Unicode.GetString(login, place, 2 * length);
    }

    private static byte[] Packet(byte[] tokens)
    {
        var packet = new byte[HeaderLength + tokens.Length];
        (packet[0], packet[1], packet[6]) = (Answer, LastPacket, 1);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        tokens.CopyTo(packet, HeaderLength);
        return packet;
    }

    // Options by number, place and length; then version 16 and "encryption not supported".
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

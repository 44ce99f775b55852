using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Fitnessify.Testing;

/// <summary>How a mail server behaves.</summary>
internal enum MailBehaviour
{
    /// <summary>Takes every mail.</summary>
    Normal,

    /// <summary>Hangs up at once.</summary>
    Dead,

    /// <summary>Takes the connection and says nothing.</summary>
    Silent,

    /// <summary>Says what no mail server would.</summary>
    Garbage,
}

/// <summary>A mail server that counts what it is given, and can misbehave.</summary>
internal sealed class MailSink : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<string, int> _mails = new();

    public MailSink()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    public MailBehaviour Behaviour { get; set; }

    /// <summary>How a server is told of it.</summary>
    public string[] Settings =>
        [
            "--Mail:Mode=Smtp",
            "--Mail:Host=127.0.0.1",
            $"--Mail:Port={((IPEndPoint)_listener.LocalEndpoint).Port}",
            "--Mail:Security=None",
        ];

    /// <summary>Mails by recipient.</summary>
    public IReadOnlyDictionary<string, int> Mails => _mails;

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
            // The end.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await using var stream = client.GetStream();
                using var reader = new StreamReader(stream);
                await using var writer = new StreamWriter(stream) { AutoFlush = true, NewLine = "\r\n" };
                switch (Behaviour)
                {
                    case MailBehaviour.Normal:
                        await TalkAsync(reader, writer);
                        break;
                    case MailBehaviour.Silent:
                        // Until the other side gives up.
                        await reader.ReadLineAsync();
                        break;
                    case MailBehaviour.Garbage:
                        await writer.WriteLineAsync("HTTP/1.1 200 \0\u00ff");
                        break;
                }
            }
            catch (Exception exception) when (exception is IOException or ObjectDisposedException)
            {
                // Whoever called has gone.
            }
        }
    }

    private async Task TalkAsync(StreamReader reader, StreamWriter writer)
    {
        var recipient = "";
        await writer.WriteLineAsync("220 sink");
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("RCPT TO:", StringComparison.OrdinalIgnoreCase))
            {
                recipient = line[
                    (line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)
                ];
            }
            else if (line == "DATA")
            {
                await writer.WriteLineAsync("354 go on");
                while (await reader.ReadLineAsync() is not (null or "."))
                {
                    // The mail itself.
                }

                // Counted when it is whole and before the answer: a lost answer means a second one.
                _mails.AddOrUpdate(recipient, 1, (_, count) => count + 1);
            }

            await writer.WriteLineAsync(line == "QUIT" ? "221 bye" : "250 fine");
        }
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Fitnessify.Testing;

/// <summary>The behavior of a mail server.</summary>
internal enum MailBehavior
{
    /// <summary>Accepts every mail.</summary>
    Normal,

    /// <summary>Closes every connection at once.</summary>
    Dead,

    /// <summary>Accepts the connection and never responds.</summary>
    Silent,

    /// <summary>Sends a response that no mail server would.</summary>
    Garbage,
}

/// <summary>A mail server that counts its mails and can misbehave.</summary>
internal sealed class MailSink : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<string, int> _mails = new();

    public MailSink()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    public MailBehavior Behavior { get; set; }

    /// <summary>Gets the settings that make a server use it.</summary>
    public string[] Settings =>
        [
            "--Mail:Mode=Smtp",
            "--Mail:Host=127.0.0.1",
            $"--Mail:Port={((IPEndPoint)_listener.LocalEndpoint).Port}",
            "--Mail:Security=None",
        ];

    /// <summary>Gets the number of mails by recipient.</summary>
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
            // The listener has stopped.
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
                switch (Behavior)
                {
                    case MailBehavior.Normal:
                        await ServeConnectionAsync(reader, writer);
                        break;
                    case MailBehavior.Silent:
                        // This waits until the client disconnects.
                        await reader.ReadLineAsync();
                        break;
                    case MailBehavior.Garbage:
                        await writer.WriteLineAsync("HTTP/1.1 200 \0\u00ff");
                        break;
                }
            }
            catch (Exception exception) when (exception is IOException or ObjectDisposedException)
            {
                // The client has disconnected.
            }
        }
    }

    private async Task ServeConnectionAsync(StreamReader reader, StreamWriter writer)
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
                    // This is the mail itself.
                }

                // A mail is counted when it is complete and before the response, because a lost response causes a second mail.
                _mails.AddOrUpdate(recipient, 1, (_, count) => count + 1);
            }

            await writer.WriteLineAsync(line == "QUIT" ? "221 bye" : "250 fine");
        }
    }
}

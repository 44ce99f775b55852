using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Fitnessify.Infrastructure.Tests.Mail;

/// <summary>How a mail server behaves.</summary>
internal enum Mood
{
    Accept,

    /// <summary>Hangs up on whoever calls.</summary>
    HangUp,

    /// <summary>Takes the call and says nothing.</summary>
    StallAtOnce,

    /// <summary>Says nothing any more once it has the mail.</summary>
    StallAtEnd,

    /// <summary>Hangs up once it has the mail, and does not say that it has it.</summary>
    HangUpAtEnd,

    /// <summary>Hangs up once it has said that it has the mail.</summary>
    HangUpAfterEnd,
    Garbage,
    Binary,

    /// <summary>421 instead of a greeting.</summary>
    Busy,
    RecipientLater,
    RecipientUnknown,

    /// <summary>The same, in words that hold the beginning of a code of policy.</summary>
    RecipientUnknownToPolicy,
    RecipientPolicy,
    DataLater,
    DataRefused,
}

/// <summary>A mail server on this machine, of which it knows only what the tests need.</summary>
internal sealed class SmtpListener : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentBag<Task> _calls = [];
    private readonly Task _accepting;

    public SmtpListener()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Towards everybody, but for those of <see cref="Stalled"/>.</summary>
    public Mood Mood { get; set; } = Mood.Accept;

    /// <summary>A recipient whose mail stalls at its end.</summary>
    public string? Stalled { get; set; }

    /// <summary>The mails that it has said it has, as they came.</summary>
    public ConcurrentQueue<string> Received { get; } = new();

    /// <summary>Ends when somebody is being kept waiting.</summary>
    public TaskCompletionSource IsStalling { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Calls => _calls.Count;

    /// <summary>Hangs up on everybody; nobody is there any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_calls);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _calls.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_ending.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // It ends.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            await ServeAsync(client.GetStream());
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The caller, or the test, has hung up.
        }
    }

    private async Task ServeAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1);
        Task SayAsync(string line) =>
            stream.WriteAsync(Encoding.Latin1.GetBytes(line + "\r\n"), _ending.Token).AsTask();
        switch (Mood)
        {
            case Mood.HangUp:
                return;
            case Mood.StallAtOnce:
                await StallAsync();
                return;
            case Mood.Garbage:
                await SayAsync("HTTP/1.1 400 Bad Request");
                await SayAsync("\0\u00FF 99999999999 hello\r\n\r\n999");
                return;
            case Mood.Binary:
                await SayAsync(new string('\u00FE', 70_000));
                return;
            case Mood.Busy:
                await SayAsync("421 4.3.2 not now");
                return;
        }

        await SayAsync("220 test");
        var stalls = false;
        while (await reader.ReadLineAsync(_ending.Token) is { } line)
        {
            switch (line.Split(' ', ':')[0].ToUpperInvariant())
            {
                case "RCPT":
                    stalls = Stalled is { } recipient && line.Contains(recipient, StringComparison.Ordinal);
                    await SayAsync(
                        Mood switch
                        {
                            Mood.RecipientLater => $"450 4.2.1 {line} is busy",
                            Mood.RecipientUnknown => $"550 5.1.1 {line} is unknown",
                            Mood.RecipientUnknownToPolicy => $"550 5.1.1 {line} is unknown to [10.5.7.12]",
                            Mood.RecipientPolicy => $"550 5.7.1 no relaying for {line}",
                            _ => "250 ok",
                        }
                    );
                    break;
                case "DATA":
                    await SayAsync("354 go on");
                    var mail = await ReadMailAsync(reader);
                    if (stalls || Mood == Mood.StallAtEnd)
                    {
                        await StallAsync();
                    }

                    if (Mood == Mood.HangUpAtEnd)
                    {
                        return;
                    }

                    if (Mood is Mood.DataLater or Mood.DataRefused)
                    {
                        await SayAsync(Mood == Mood.DataLater ? "451 4.3.0 later" : "554 5.6.0 never");
                        break;
                    }

                    Received.Enqueue(mail);
                    await SayAsync("250 ok");
                    if (Mood == Mood.HangUpAfterEnd)
                    {
                        return;
                    }

                    break;
                case "QUIT":
                    await SayAsync("221 bye");
                    return;
                default:
                    await SayAsync("250 ok");
                    break;
            }
        }
    }

    private async Task<string> ReadMailAsync(StreamReader reader)
    {
        var mail = new StringBuilder();
        while (await reader.ReadLineAsync(_ending.Token) is { } line && line != ".")
        {
            mail.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }

        return mail.ToString();
    }

    private Task StallAsync()
    {
        IsStalling.TrySetResult();
        return Task.Delay(Timeout.InfiniteTimeSpan, _ending.Token);
    }
}

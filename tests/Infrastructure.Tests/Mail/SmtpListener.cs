using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Fitnessify.Infrastructure.Tests.Mail;

/// <summary>The behavior of a mail server.</summary>
internal enum SmtpBehavior
{
    Accept,

    /// <summary>Closes every connection at once.</summary>
    HangUp,

    /// <summary>Accepts the connection and never responds.</summary>
    StallAtOnce,

    /// <summary>Stops responding once it has the mail.</summary>
    StallAtEnd,

    /// <summary>Confirms the mail when the test says so.</summary>
    LateAtEnd,

    /// <summary>Closes the connection once it has the mail, without confirming it.</summary>
    HangUpAtEnd,

    /// <summary>Closes the connection once it has confirmed the mail.</summary>
    HangUpAfterEnd,
    Garbage,
    Binary,

    /// <summary>Responds with 421 instead of a greeting.</summary>
    Busy,
    RecipientLater,
    RecipientUnknown,

    /// <summary>Responds with 421 and a text that contains the beginning of a policy code.</summary>
    RecipientUnknownToPolicy,
    RecipientPolicy,
    DataLater,
    DataRefused,
}

/// <summary>A local mail server that supports only what the tests need.</summary>
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

    /// <summary>Gets or sets the behavior for all recipients but <see cref="Stalled"/>.</summary>
    public SmtpBehavior Behavior { get; set; } = SmtpBehavior.Accept;

    /// <summary>Gets or sets a recipient whose mail stalls at its end.</summary>
    public string? Stalled { get; set; }

    /// <summary>Gets the confirmed mails as they were received.</summary>
    public ConcurrentQueue<string> Received { get; } = new();

    /// <summary>Gets the mails that were received, but not confirmed.</summary>
    public ConcurrentQueue<string> Unanswered { get; } = new();

    /// <summary>Makes the mail server confirm what it has received.</summary>
    public TaskCompletionSource Answer { get; } = NewStall();

    /// <summary>Completes when a client is being kept waiting.</summary>
    public TaskCompletionSource IsStalling { get; private set; } = NewStall();

    public int Calls => _calls.Count;

    /// <summary>Closes all connections and stops listening.</summary>
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
            // The listener has stopped.
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
            // The client or the test has closed the connection.
        }
    }

    private async Task ServeAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1);
        Task SayAsync(string line) =>
            stream.WriteAsync(Encoding.Latin1.GetBytes(line + "\r\n"), _ending.Token).AsTask();
        switch (Behavior)
        {
            case SmtpBehavior.HangUp:
                return;
            case SmtpBehavior.StallAtOnce:
                await StallAsync();
                return;
            case SmtpBehavior.Garbage:
                await SayAsync("HTTP/1.1 400 Bad Request");
                await SayAsync("\0\u00FF 99999999999 hello\r\n\r\n999");
                return;
            case SmtpBehavior.Binary:
                await SayAsync(new string('\u00FE', 70_000));
                return;
            case SmtpBehavior.Busy:
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
                        Behavior switch
                        {
                            SmtpBehavior.RecipientLater => $"450 4.2.1 {line} is busy",
                            SmtpBehavior.RecipientUnknown => $"550 5.1.1 {line} is unknown",
                            SmtpBehavior.RecipientUnknownToPolicy => $"550 5.1.1 {line} is unknown to [10.5.7.12]",
                            SmtpBehavior.RecipientPolicy => $"550 5.7.1 no relaying for {line}",
                            _ => "250 ok",
                        }
                    );
                    break;
                case "DATA":
                    await SayAsync("354 go on");
                    var mail = await ReadMailAsync(reader);
                    if (stalls || Behavior == SmtpBehavior.StallAtEnd)
                    {
                        Unanswered.Enqueue(mail);
                        await StallAsync();
                    }

                    if (Behavior == SmtpBehavior.HangUpAtEnd)
                    {
                        Unanswered.Enqueue(mail);
                        return;
                    }

                    if (Behavior == SmtpBehavior.LateAtEnd)
                    {
                        IsStalling.TrySetResult();
                        await Answer.Task;
                    }

                    if (Behavior is SmtpBehavior.DataLater or SmtpBehavior.DataRefused)
                    {
                        await SayAsync(Behavior == SmtpBehavior.DataLater ? "451 4.3.0 later" : "554 5.6.0 never");
                        break;
                    }

                    Received.Enqueue(mail);
                    await SayAsync("250 ok");
                    if (Behavior == SmtpBehavior.HangUpAfterEnd)
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

    /// <summary>Waits until a client is being kept waiting, after the one for which this waited before.</summary>
    public async Task NextStallAsync()
    {
        await IsStalling.Task;
        IsStalling = NewStall();
    }

    private Task StallAsync()
    {
        IsStalling.TrySetResult();
        return Task.Delay(Timeout.InfiniteTimeSpan, _ending.Token);
    }

    private static TaskCompletionSource NewStall() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

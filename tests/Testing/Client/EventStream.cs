using System.Text.Json;

namespace Fitnessify.Testing;

/// <summary>An open stream of notifications.</summary>
internal sealed class EventStream : IDisposable
{
    public const string Ready = "event: ready\ndata: {}\n\n";

    // There is no id here: a client resumes after the last notification.
    private const string Heartbeat = "event: heartbeat\ndata: {}\n\n";

    /// <summary>An id of no notification, after which all unread ones are sent.</summary>
    public const string FromTheBeginning = "00000000-0000-0000-0000-000000000000";

    private const string End = "\n\n";

    // This is for a stream that hangs; nothing else takes that long.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly StreamReader _reader;
    private readonly char[] _buffer = new char[4096];
    private string _text = "";

    private EventStream(HttpResponseMessage response, StreamReader reader) => (Answer, _reader) = (response, reader);

    public HttpResponseMessage Answer { get; }

    /// <summary>Opens a stream and waits until it is ready.</summary>
    public static async Task<EventStream> OpenAsync(ApiClient client, string? lastEventId = null)
    {
        var response = await client.OpenAsync(
            NotificationCalls.Stream,
            lastEventId is null ? [] : [("Last-Event-ID", lastEventId)]
        );
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("200"));
        var stream = new EventStream(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
        Assert.That(await stream.NextAsync(), Is.EqualTo(Ready));
        return stream;
    }

    /// <summary>Returns the next event other than a heartbeat as it was sent, or null at the end.</summary>
    public async Task<string?> NextAsync(TimeSpan? within = null)
    {
        var next = await ReadAsync(within);
        while (next == Heartbeat)
        {
            next = await ReadAsync(within);
        }

        return next;
    }

    /// <summary>Returns the next event as it was sent, if it is a heartbeat.</summary>
    public async Task HeartbeatAsync() => Assert.That(await ReadAsync(Timeout), Is.EqualTo(Heartbeat));

    /// <summary>Returns the next notification.</summary>
    public async Task<JsonElement> NotificationAsync()
    {
        var lines = (await NextAsync())?.Split('\n') ?? [];
        Assert.That(lines, Has.Length.EqualTo(5), "An event.");
        Assert.That(lines[0], Is.EqualTo("event: taskOverdue"));
        using var document = JsonDocument.Parse(lines[1]["data: ".Length..]);
        return document.RootElement.Clone();
    }

    /// <summary>Returns the next notifications.</summary>
    public async Task<IReadOnlyList<JsonElement>> NotificationsAsync(int count)
    {
        var notifications = new List<JsonElement>();
        while (notifications.Count < count)
        {
            notifications.Add(await NotificationAsync());
        }

        return notifications;
    }

    /// <summary>Waits until the server ends the stream.</summary>
    public async Task EndAsync(TimeSpan? within = null) => Assert.That(await NextAsync(within), Is.Null);

    public void Dispose()
    {
        _reader.Dispose();
        Answer.Dispose();
    }

    private async Task<string?> ReadAsync(TimeSpan? within)
    {
        using var deadline = new CancellationTokenSource(within ?? Timeout);
        int length;
        while ((length = _text.IndexOf(End, StringComparison.Ordinal)) < 0)
        {
            var read = await _reader.ReadAsync(_buffer, deadline.Token);
            if (read == 0)
            {
                Assert.That(_text, Is.Empty, "The event is incomplete.");
                return null;
            }

            _text += new string(_buffer, 0, read);
        }

        var next = _text[..(length + End.Length)];
        _text = _text[next.Length..];
        return next;
    }
}

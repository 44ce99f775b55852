using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace Fitnessify.Client;

public sealed partial class FitnessifySession
{
    private static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(45); // The server sends a heartbeat every 15 s.

    /// <summary>Streams notifications as they arrive. The stream reconnects automatically and misses none, until the session ends.</summary>
    /// <remarks>
    /// The stream starts after the given notification: an empty id includes all unread ones, and null only new ones. It leaves out
    /// what <see cref="MarkDelivered"/> has recorded.
    /// </remarks>
    public async IAsyncEnumerable<NotificationDto> NotificationsAsync(
        Guid? after = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        for (var failures = 1; ; failures++)
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            // The position is fixed first, so that nothing is missed between two connections.
            var (newest, stream, wait) = await ConnectAsync(after, cancellationToken).ConfigureAwait(false);
            after = newest;
            using var _ = stream;
            var connectedFor = System.Diagnostics.Stopwatch.StartNew();
            await using var events = SseParser
                .Create(stream)
                .EnumerateAsync(timeout.Token)
                .GetAsyncEnumerator(timeout.Token);
            while (await NextAsync(events, timeout).ConfigureAwait(false) is { } notification)
            {
                after = notification.Id;
                if (_deliveries.AddStreamed(notification.Id))
                {
                    yield return notification;
                }
            }

            failures = stream != Stream.Null && connectedFor.Elapsed >= _options.RetryDelayResetAfter ? 0 : failures;
            await Task.Delay(wait ?? DelayAfter(Math.Max(1, failures)), cancellationToken).ConfigureAwait(false);
        }
    }

    // The result is an empty stream and the time to wait when a further attempt may succeed.
    private async Task<(Guid? After, Stream Stream, TimeSpan? Wait)> ConnectAsync(Guid? after, CancellationToken ct)
    {
        try
        {
            after ??= (await Api.Notifications.ListAsync(limit: 1, cancellationToken: ct).ConfigureAwait(false))
                .Items.Select(item => item.Id)
                .FirstOrDefault();
            var request = new ApiRequest("GET", "api/v1/notifications/stream").AsStream("Last-Event-ID", $"{after}");
            return (
                after,
                await SendAsync(request, ReadStreamAsync, _options.ConnectTimeout, ct).ConfigureAwait(false),
                null
            );
        }
        catch (ConnectionException)
        {
            return (after, Stream.Null, null);
        }
        catch (FitnessifyException refusal) when (!refusal.IsFinal)
        {
            return (after, Stream.Null, refusal.RetryAfter);
        }
    }

    private static Task<Stream> ReadStreamAsync(HttpResponseMessage answer) =>
        answer.Content.Headers.ContentType?.MediaType == "text/event-stream"
            ? answer.Content.ReadAsStreamAsync()
            : throw new IOException("The answer is no stream of events.");

    // The result is null when the stream has ended.
    private static async Task<NotificationDto?> NextAsync(
        IAsyncEnumerator<SseItem<string>> events,
        CancellationTokenSource timeout
    )
    {
        try
        {
            while (true)
            {
                timeout.CancelAfter(MaxSilence);
                if (!await events.MoveNextAsync().ConfigureAwait(false))
                {
                    return null;
                }

                if (events.Current is { EventId.Length: > 0, Data: var json })
                {
                    return ApiJson.Read<NotificationDto>(System.Text.Encoding.UTF8.GetBytes(json));
                }
            }
        }
        catch (Exception failure)
            when (failure
                    is HttpRequestException
                        or IOException
                        or OperationCanceledException
                        or System.Text.Json.JsonException
            )
        {
            return null;
        }
    }
}

using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Fitnessify.Application.Notifications;
using Microsoft.AspNetCore.Mvc;

namespace Fitnessify.WebApi.Http;

/// <summary>The result writes server-sent events (WHATWG HTML, 9.2).</summary>
internal sealed class ServerSentEventsResult(NotificationEvents events) : ActionResult
{
    public const string MediaType = "text/event-stream";

    // An event without data carries this empty object.
    private static readonly object NoData = new();

    public override Task ExecuteResultAsync(ActionContext context)
    {
        var http = context.HttpContext;
        // Without this header nginx buffers the events.
        http.Response.Headers["X-Accel-Buffering"] = "no";
        if (HttpMethods.IsHead(http.Request.Method))
        {
            http.Response.ContentType = MediaType;
            return Task.CompletedTask;
        }

        return TypedResults.ServerSentEvents(ReadAsync()).ExecuteAsync(http);
    }

    private async IAsyncEnumerable<SseItem<object>> ReadAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        await foreach (var item in events.Stream.WithCancellation(cancellationToken))
        {
            yield return new SseItem<object>(item.Notification ?? NoData, item.Name) { EventId = item.Id?.ToString() };
        }
    }
}

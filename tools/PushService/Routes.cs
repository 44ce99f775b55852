using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Fitnessify.PushService;

/// <summary>What takes the place of a browser: its subscription is had, looked at and ended with one request each.</summary>
internal static class Routes
{
    /// <summary>Adds the endpoints of the browsers.</summary>
    /// <param name="routes">The endpoints below the path of the subscriptions.</param>
    /// <param name="service">Returns the push service.</param>
    public static void Map(IEndpointRouteBuilder routes, Func<TestPushService> service)
    {
        ConcurrentDictionary<string, TestPushSubscription> browsers = new();
        routes.MapPost(
            "/",
            (string? applicationServerKey) =>
            {
                var browser = service().Subscribe(applicationServerKey);
                browsers[IdOf(browser)] = browser;
                return Results.Json(new Subscription(browser.Endpoint, browser.P256dh, browser.Auth));
            }
        );
        routes.MapGet(
            "/{id}",
            async (string id, int? received) =>
                browsers.TryGetValue(id, out var browser)
                    ? Results.Json(await LookAsync(service(), browser, received ?? 0))
                    : Results.NotFound()
        );
        routes.MapDelete(
            "/{id}",
            (string id) =>
            {
                if (!browsers.TryGetValue(id, out var browser))
                {
                    return Results.NotFound();
                }

                service().Unsubscribe(browser);
                return Results.NoContent();
            }
        );
    }

    private static async Task<Screen> LookAsync(TestPushService service, TestPushSubscription browser, int count)
    {
        IEnumerable<ReceivedPush> Received() => service.Received.Where(push => push.Subscription == browser);
        try
        {
            await service.WaitForAsync(() => Received().Count() >= count);
        }
        catch (OperationCanceledException)
        {
            // What has arrived until now shows what is missing.
        }

        return new Screen(
            [.. browser.Shown.Values.OrderBy(push => push.ReceivedAt).Select(push => push.Message)],
            [.. Received().Select(push => new Arrival(push.Topic, push.Ttl.TotalSeconds, push.Urgency, push.Message))]
        );
    }

    private static string IdOf(TestPushSubscription browser) => new Uri(browser.Endpoint).Segments[^1];

    /// <summary>The members of a subscription as the server takes them.</summary>
    private sealed record Subscription(string Endpoint, string P256dh, string Auth);

    /// <summary>What a browser shows now, and all that it has received.</summary>
    private sealed record Screen(IReadOnlyList<JsonElement> Shown, IReadOnlyList<Arrival> Received);

    /// <summary>The headers of a message, with the time to live in seconds, and its decrypted body.</summary>
    private sealed record Arrival(string Topic, double Ttl, string Urgency, JsonElement Message);
}

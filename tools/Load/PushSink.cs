using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Fitnessify.Load;

/// <summary>A push service that accepts every message and only notes when it came, so that it costs as little as possible.</summary>
internal sealed class PushSink : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentQueue<(string Message, DateTimeOffset At)> _received = new();

    private PushSink(WebApplication server) => _server = server;

    /// <summary>The messages, each named after its subscription and its topic.</summary>
    public IReadOnlyCollection<(string Message, DateTimeOffset At)> Received => _received;

    public static async Task<PushSink> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        var sink = new PushSink(server);
        server.MapPost("/push/{id}", sink.ReceiveAsync);
        await server.StartAsync();
        return sink;
    }

    /// <summary>Forgets what has come.</summary>
    public void Clear() => _received.Clear();

    public string EndpointOf(Guid id) => $"{_server.Urls.Single()}/push/{id:N}";

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task<IResult> ReceiveAsync(string id, HttpRequest request)
    {
        await request.Body.CopyToAsync(Stream.Null);
        _received.Enqueue(($"{id} {request.Headers["Topic"]}", DateTimeOffset.UtcNow));
        return Results.StatusCode(StatusCodes.Status201Created);
    }
}

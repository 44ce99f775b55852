using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Fitnessify.Testing;

/// <summary>
/// A push service on this machine (RFC 8030) together with the browsers that have subscribed to it: it verifies who sends,
/// decrypts what was sent, and keeps what each browser shows. What is not as the standards say it refuses, as a real one does.
/// </summary>
internal sealed class TestPushService : IAsyncDisposable
{
    // RFC 8030, 7.2: a service accepts at least so much.
    private const int MaxBodyBytes = 4096;

    // The real time after which a test gives up.
    private static readonly TimeSpan WaitLimit = TimeSpan.FromSeconds(30);

    private static readonly string[] Urgencies = ["very-low", "low", "normal", "high"];

    private readonly TimeProvider _clock;
    private readonly WebApplication? _server;
    private readonly ConcurrentDictionary<string, TestPushSubscription> _subscriptions = new();
    private readonly ConcurrentQueue<ReceivedPush> _received = new();
    private readonly ConcurrentQueue<string> _refusals = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _requests;

    /// <summary>Creates a push service on a server that has its <see cref="Map">endpoint</see> and has been started.</summary>
    /// <param name="address">The address of the server.</param>
    /// <param name="clock">The clock that tokens expire by, or that of the machine.</param>
    public TestPushService(string address, TimeProvider? clock = null) =>
        (Address, _clock) = (address, clock ?? TimeProvider.System);

    private TestPushService(WebApplication server, TimeProvider? clock)
        : this(server.Urls.Single(), clock) => _server = server;

    /// <summary>Gets the origin of all endpoints.</summary>
    public string Address { get; }

    /// <summary>Gets the settings that make a server in Development send to it.</summary>
    public static IReadOnlyList<KeyValuePair<string, string?>> Settings => [new("Push:AllowedHosts:0", "127.0.0.1")];

    /// <summary>Gets the same settings as arguments of the command line.</summary>
    public static IReadOnlyList<string> Arguments =>
        [.. Settings.Select(setting => $"--{setting.Key}={setting.Value}")];

    /// <summary>Gets the accepted messages in their order.</summary>
    public IReadOnlyList<ReceivedPush> Received => [.. _received];

    /// <summary>Gets why messages were refused, for those that were not as the standards say.</summary>
    public IReadOnlyList<string> Refusals => [.. _refusals];

    /// <summary>Gets the number of requests, whatever the answer was.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>Gets or sets what happens to all requests in place of the normal answer; that of a subscription comes first.</summary>
    public TestPushFault? Fault { get; set; }

    /// <summary>Starts a push service.</summary>
    /// <param name="clock">The clock that tokens expire by, or that of the machine.</param>
    /// <param name="url">Where it listens; by default, on a free port.</param>
    public static async Task<TestPushService> StartAsync(TimeProvider? clock = null, string url = "http://127.0.0.1:0")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        var server = builder.Build();
        TestPushService? service = null;
        Map(server, () => service!);
        await server.StartAsync();
        return service = new TestPushService(server, clock);
    }

    /// <summary>Adds the endpoint of a push service to a server that may have other endpoints, too.</summary>
    /// <param name="routes">The endpoints of the server.</param>
    /// <param name="service">Returns the push service, which exists once the server has an address.</param>
    public static void Map(IEndpointRouteBuilder routes, Func<TestPushService> service) =>
        routes.MapPost("/push/{id}", (HttpContext call, string id) => service().ReceiveAsync(call, id));

    /// <summary>Subscribes another browser.</summary>
    /// <param name="applicationServerKey">The public key of the only server that may send; null for any.</param>
    public TestPushSubscription Subscribe(string? applicationServerKey = null)
    {
        var id = RandomNumberGenerator.GetHexString(32, lowercase: true);
        return _subscriptions[id] = new TestPushSubscription($"{Address}/push/{id}", applicationServerKey);
    }

    /// <summary>Ends a subscription, as when the user withdraws the permission: messages to it are answered with 410.</summary>
    public void Unsubscribe(TestPushSubscription subscription) => subscription.Fault = TestPushFaults.Gone;

    /// <summary>Waits until something holds that only requests change.</summary>
    public async Task WaitForAsync(Func<bool> holds)
    {
        using var limit = new CancellationTokenSource(WaitLimit);
        while (true)
        {
            // It is taken first, so that a request in between is not missed.
            var changed = Volatile.Read(ref _changed).Task;
            if (holds())
            {
                return;
            }

            await changed.WaitAsync(limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        foreach (var subscription in _subscriptions.Values)
        {
            subscription.Dispose();
        }
    }

    private async Task ReceiveAsync(HttpContext call, string id)
    {
        Interlocked.Increment(ref _requests);
        var subscription = _subscriptions.GetValueOrDefault(id);
        var fault = subscription?.Fault ?? Fault;
        Report();
        try
        {
            await (
                fault is null ? AcceptAsync(call, subscription) : fault(call, () => AcceptAsync(call, subscription))
            );
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The server has given up.
        }
    }

    private async Task AcceptAsync(HttpContext call, TestPushSubscription? subscription)
    {
        if (subscription is null)
        {
            call.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        using var body = new MemoryStream();
        await call.Request.Body.CopyToAsync(body, call.RequestAborted);
        try
        {
            var push = Read(call.Request, subscription, body.ToArray());
            subscription.Show(push);
            _received.Enqueue(push);
            call.Response.StatusCode = StatusCodes.Status201Created;
        }
        catch (PushRefusedException refused)
        {
            _refusals.Enqueue(refused.Message);
            call.Response.StatusCode = refused.Status;
        }

        Report();
    }

    private ReceivedPush Read(HttpRequest request, TestPushSubscription subscription, byte[] body)
    {
        var token = TestVapid.Verify(
            request.Headers.Authorization.ToString(),
            Address,
            subscription.ApplicationServerKey,
            _clock.GetUtcNow()
        );
        if (body.Length > MaxBodyBytes)
        {
            throw new PushRefusedException(StatusCodes.Status413PayloadTooLarge, $"a body of {body.Length} bytes");
        }

        var ttl = request.Headers["TTL"].ToString();
        var urgency = request.Headers.TryGetValue("Urgency", out var sent) ? sent.ToString() : "normal";
        var topic = request.Headers["Topic"].ToString();
        Require(int.TryParse(ttl, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds), $"TTL: {ttl}");
        Require(Urgencies.Contains(urgency), $"Urgency: {urgency}");
        Require(topic.Length <= 32 && Base64Url.IsValid(topic), $"Topic: {topic}");
        Require(request.Headers.ContentEncoding == "aes128gcm", $"Content-Encoding: {request.Headers.ContentEncoding}");
        JsonElement message;
        try
        {
            message = JsonSerializer.Deserialize<JsonElement>(subscription.Decrypt(body));
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException or JsonException)
        {
            throw new PushRefusedException(StatusCodes.Status400BadRequest, exception.Message);
        }

        return new ReceivedPush(subscription, topic, TimeSpan.FromSeconds(seconds), urgency, message, token)
        {
            ReceivedAt = _clock.GetUtcNow(),
            Size = body.Length,
        };
    }

    private static void Require(bool holds, string problem)
    {
        if (!holds)
        {
            throw new PushRefusedException(StatusCodes.Status400BadRequest, problem);
        }
    }

    private void Report() =>
        Interlocked
            .Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))
            .TrySetResult();
}

/// <summary>A message that a browser has received.</summary>
/// <param name="Subscription">The browser.</param>
/// <param name="Topic">The header.</param>
/// <param name="Ttl">The header.</param>
/// <param name="Urgency">The header; without it, <c>normal</c>.</param>
/// <param name="Message">The decrypted body.</param>
/// <param name="Token">The token of the server.</param>
internal sealed record ReceivedPush(
    TestPushSubscription Subscription,
    string Topic,
    TimeSpan Ttl,
    string Urgency,
    JsonElement Message,
    string Token
)
{
    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Gets the length of the encrypted body in bytes.</summary>
    public int Size { get; init; }

    public string Type => Message.GetProperty("type").GetString()!;

    public Guid Id => Message.GetProperty("id").GetGuid();
}

/// <summary>A request is not as the standards say.</summary>
internal sealed class PushRefusedException(int status, string problem) : Exception(problem)
{
    public int Status { get; } = status;
}

using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Fitnessify.Testing;

/// <summary>
/// Apple's push service on this machine, for one app. It speaks HTTP/2 only, without TLS, accepts what the server is meant to
/// send, and refuses everything else with Apple's codes.
/// </summary>
internal sealed class TestApns : IAsyncDisposable
{
    public const string KeyId = "PUSHKEY123";
    public const string TeamId = "PUSHTEAM12";
    public const string Topic = "org.example.fitnessify";

    // Apple accepts a token for an hour.
    private const long MaxTokenSeconds = 3600;

    private readonly WebApplication _server;
    private readonly TimeProvider _clock;
    private readonly string _keyPath;
    private readonly ConcurrentQueue<string> _tokens = new();

    private TestApns(WebApplication server, TimeProvider clock, string keyPath)
    {
        (_server, Url, _clock, _keyPath) = (server, server.Urls.Single(), clock, keyPath);
        File.WriteAllText(keyPath, Key.PrivatePem());
    }

    /// <summary>Gets the URL, which is http.</summary>
    public string Url { get; }

    /// <summary>Gets the key of the team.</summary>
    public SigningKey Key { get; } = SigningKey.Ec(KeyId);

    /// <summary>Gets the messages that were accepted.</summary>
    public PushedMessages Messages { get; } = new();

    /// <summary>Gets the different provider tokens that have been sent, in order.</summary>
    public IReadOnlyList<string> ProviderTokens => [.. _tokens.Distinct()];

    /// <summary>Gets or sets what happens to a message for the device with this token; null if nothing special does.</summary>
    public Func<string, TestPushFault?> Fault { get; set; } = _ => null;

    /// <summary>Gets the settings that make a server use it.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Settings =>
        [
            new("Push:Apns:KeyPath", _keyPath),
            new("Push:Apns:KeyId", KeyId),
            new("Push:Apns:TeamId", TeamId),
            new("Push:Apns:Topic", Topic),
            new("Push:Apns:Url", Url),
        ];

    /// <summary>Gets the same settings as arguments of the command line.</summary>
    public IReadOnlyList<string> Arguments => [.. Settings.Select(setting => $"--{setting.Key}={setting.Value}")];

    /// <summary>Starts the service.</summary>
    /// <param name="clock">The clock of the tokens, or that of the machine.</param>
    /// <param name="url">Where it listens; by default, on a free port.</param>
    /// <param name="keyPath">The key file, which goes with the service; by default, one with a new name.</param>
    public static async Task<TestApns> StartAsync(
        TimeProvider? clock = null,
        string url = "http://127.0.0.1:0",
        string? keyPath = null
    )
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http2)
        );
        var server = builder.Build();
        TestApns? apns = null;
        server.MapPost(
            "/3/device/{device}",
            (HttpContext context, string device) => apns!.AnswerAsync(context, device)
        );
        await server.StartAsync();
        var path = keyPath ?? Path.Combine(Path.GetTempPath(), $"fitnessify-{Guid.NewGuid():N}.p8");
        return apns = new TestApns(server, clock ?? TimeProvider.System, path);
    }

    /// <summary>Answers with an error as Apple writes it.</summary>
    /// <param name="status">The status.</param>
    /// <param name="reason">Apple's code.</param>
    /// <param name="invalidSince">For 410, the time since when the token of the device is invalid.</param>
    public static TestPushFault Error(int status, string? reason, DateTimeOffset? invalidSince = null) =>
        TestPushFaults.Text(
            status,
            invalidSince is { } time
                ? JsonSerializer.Serialize(new { reason, timestamp = time.ToUnixTimeMilliseconds() })
                : JsonSerializer.Serialize(new { reason })
        );

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Key.Dispose();
        File.Delete(_keyPath);
    }

    private async Task AnswerAsync(HttpContext context, string device)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer);
        var token = context.Request.Headers.Authorization.ToString();
        if (token.StartsWith("bearer ", StringComparison.Ordinal))
        {
            _tokens.Enqueue(token["bearer ".Length..]);
        }

        var request = new TestApnsRequest(device, context.Request.Headers, buffer.ToArray());
        var accept = () => AcceptAsync(context, request, token);
        await (Fault(device) is { } fault ? fault(context, accept) : accept());
    }

    private async Task AcceptAsync(HttpContext context, TestApnsRequest request, string token)
    {
        if ((RefuseToken(token) ?? request.Refuse(Topic, _clock.GetUtcNow())) is { } refusal)
        {
            await refusal(context, () => Task.CompletedTask);
            return;
        }

        Messages.Add(request.Read());
        context.Response.Headers["apns-id"] = request.Header("apns-id") ?? $"{Guid.NewGuid()}";
    }

    private TestPushFault? RefuseToken(string authorization)
    {
        if (authorization.Split(' ') is not ["bearer", var token])
        {
            return Error(403, "MissingProviderToken");
        }

        if (
            SignedJwt.Verify(token, Key) is not { } claims
            || !claims.TryGetProperty("iss", out var issuer)
            || issuer.GetString() != TeamId
            || !claims.TryGetProperty("iat", out var issuedAt)
            || claims.EnumerateObject().Count() != 2
        )
        {
            return Error(403, "InvalidProviderToken");
        }

        var age = _clock.GetUtcNow().ToUnixTimeSeconds() - issuedAt.GetInt64();
        return age is < 0 or > MaxTokenSeconds ? Error(403, "ExpiredProviderToken") : null;
    }
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Fitnessify.Domain.Identities;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Fitnessify.Testing;

/// <summary>
/// An OpenID Connect issuer on this machine that stands for Google, Apple or another one: it publishes its keys, signs
/// whatever it is given, and, as Apple, exchanges codes and revokes grants. It has no users and no pages.
/// </summary>
internal sealed class TestIssuer : IAsyncDisposable
{
    private readonly TimeProvider _clock;
    private readonly WebApplication? _server;
    private readonly string? _keyPath;
    private readonly List<SigningKey> _made = [];
    private int _rotations;
    private int _discoveryRequests;
    private int _keyRequests;

    /// <summary>Creates an issuer on a server that has its <see cref="Map">endpoints</see> and has been started.</summary>
    /// <param name="provider">The name in the settings; with <c>apple</c> it has Apple's further endpoints.</param>
    /// <param name="address">The address of the server.</param>
    /// <param name="clock">The clock of the tokens, or that of the machine.</param>
    /// <param name="clientIds">The client ids of the apps, or one of the provider's name.</param>
    /// <param name="keyPath">With <c>apple</c>, the file for the key of the app, which goes with the issuer.</param>
    public TestIssuer(
        string provider,
        string address,
        TimeProvider? clock = null,
        IReadOnlyList<string>? clientIds = null,
        string? keyPath = null
    )
    {
        (Provider, Issuer, _clock) = (provider, $"{address}/{provider}", clock ?? TimeProvider.System);
        ClientIds = clientIds is { Count: > 0 } ? clientIds : [$"{provider}.fitnessify.test"];
        RotateKeys();
        if (provider == IdentityProvider.Apple)
        {
            Grants = new IssuedGrants(Issuer, ClientIds, _clock);
            _keyPath = keyPath ?? Path.Combine(Path.GetTempPath(), $"fitnessify-{Guid.NewGuid():N}.p8");
            File.WriteAllText(_keyPath, Grants.ClientKey.PrivatePem());
        }
    }

    private TestIssuer(string provider, TimeProvider? clock, WebApplication server, IReadOnlyList<string> clientIds)
        : this(provider, server.Urls.Single(), clock, clientIds) => _server = server;

    /// <summary>Gets the name of the provider in the settings.</summary>
    public string Provider { get; }

    /// <summary>Gets the URL, which is http and has the name of the provider as its path.</summary>
    public string Issuer { get; }

    public IReadOnlyList<string> ClientIds { get; }

    /// <summary>Gets the URL of the key set.</summary>
    public string KeysUrl => $"{Issuer}/keys";

    /// <summary>Gets or sets the keys that are published; at first, an RSA key and an EC key.</summary>
    public IReadOnlyList<SigningKey> Keys { get; set; } = [];

    /// <summary>Gets the RSA key that signs unless another one is given.</summary>
    public SigningKey RsaKey { get; private set; } = null!;

    public SigningKey EcKey { get; private set; } = null!;

    /// <summary>Gets what only Apple has: authorization codes, refresh tokens and client secrets.</summary>
    public IssuedGrants? Grants { get; }

    /// <summary>Gets or sets whether discovery and keys are answered with 503.</summary>
    public bool IsDown { get; set; }

    /// <summary>Gets or sets what discovery and keys do before they are answered, for instance wait.</summary>
    public Func<Task> BeforeAnswer { get; set; } = () => Task.CompletedTask;

    /// <summary>Gets or sets another place to which requests for discovery and keys are sent.</summary>
    public string? MovedTo { get; set; }

    /// <summary>Gets or sets a text that is answered in place of the discovery document.</summary>
    public string? DiscoveryText { get; set; }

    /// <summary>Gets or sets a text that is answered in place of the key set.</summary>
    public string? KeysText { get; set; }

    /// <summary>Gets the number of requests for the discovery document.</summary>
    public int DiscoveryRequests => Volatile.Read(ref _discoveryRequests);

    /// <summary>Gets the number of requests for the key set.</summary>
    public int KeyRequests => Volatile.Read(ref _keyRequests);

    /// <summary>Gets the settings that make a server trust it.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Settings
    {
        get
        {
            var section = $"Identity:Providers:{Provider}";
            return
            [
                new($"{section}:Issuer", Issuer),
                .. ClientIds.Select((id, i) => KeyValuePair.Create<string, string?>($"{section}:ClientIds:{i}", id)),
                .. _keyPath is null
                    ? Array.Empty<KeyValuePair<string, string?>>()
                    :
                    [
                        new($"{section}:KeyPath", _keyPath),
                        new($"{section}:KeyId", IssuedGrants.KeyId),
                        new($"{section}:TeamId", IssuedGrants.TeamId),
                    ],
            ];
        }
    }

    /// <summary>Gets the same settings as arguments of the command line.</summary>
    public IReadOnlyList<string> Arguments => [.. Settings.Select(setting => $"--{setting.Key}={setting.Value}")];

    /// <summary>Starts an issuer.</summary>
    /// <param name="provider">The name in the settings; with <c>apple</c> it has Apple's further endpoints.</param>
    /// <param name="clock">The clock of the tokens, or that of the machine.</param>
    /// <param name="url">Where it listens; by default, on a free port.</param>
    /// <param name="clientIds">The client ids of the apps, or one of the provider's name.</param>
    public static async Task<TestIssuer> StartAsync(
        string provider = IdentityProvider.Google,
        TimeProvider? clock = null,
        string url = "http://127.0.0.1:0",
        params IReadOnlyList<string> clientIds
    )
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        var server = builder.Build();
        TestIssuer? issuer = null;
        Map(server, provider, () => issuer!);
        await server.StartAsync();
        return issuer = new TestIssuer(provider, clock, server, clientIds);
    }

    /// <summary>Adds the endpoints of an issuer to a server that may have other endpoints, too.</summary>
    /// <param name="routes">The endpoints of the server.</param>
    /// <param name="provider">The name in the settings.</param>
    /// <param name="issuer">Returns the issuer, which exists once the server has an address.</param>
    public static void Map(IEndpointRouteBuilder routes, string provider, Func<TestIssuer> issuer)
    {
        var section = routes.MapGroup(provider);
        section.MapGet("/.well-known/openid-configuration", (HttpRequest call) => issuer().DiscoverAsync(call));
        section.MapGet("/keys", (HttpRequest call) => issuer().PublishAsync(call));
        section.MapPost("/auth/token", (HttpRequest call) => issuer().GrantAsync(call, isExchange: true));
        section.MapPost("/auth/revoke", (HttpRequest call) => issuer().GrantAsync(call, isExchange: false));
    }

    /// <summary>Replaces the keys by new ones with other ids.</summary>
    public void RotateKeys()
    {
        var number = ++_rotations;
        (RsaKey, EcKey) = (SigningKey.SharedRsa($"rsa-{number}", Provider), SigningKey.Ec($"ec-{number}"));
        _made.AddRange([RsaKey, EcKey]);
        Keys = [RsaKey, EcKey];
    }

    /// <summary>Signs an ID token as the issuer would after a sign-in that has just happened.</summary>
    /// <param name="subject">The identifier of the user.</param>
    /// <param name="nonce">The nonce as the token shall hold it.</param>
    /// <param name="email">The address, if the token shall have one.</param>
    /// <param name="emailVerified">The claim that goes with the address; Apple sends it as text.</param>
    /// <param name="name">The name, if the token shall have one.</param>
    /// <param name="audience">The audience; by default, the first client id.</param>
    /// <param name="change">Changes the payload; a <see cref="JsonElement"/> is written as it is.</param>
    /// <param name="changeHeader">Changes the header.</param>
    /// <param name="key">The key; by default, the RSA key.</param>
    public string Token(
        string subject,
        string nonce,
        string? email = null,
        object? emailVerified = null,
        string? name = null,
        object? audience = null,
        Action<IDictionary<string, object?>>? change = null,
        Action<IDictionary<string, object?>>? changeHeader = null,
        SigningKey? key = null
    )
    {
        var now = _clock.GetUtcNow().ToUnixTimeSeconds();
        Dictionary<string, object?> payload = new()
        {
            ["iss"] = Issuer,
            ["aud"] = audience ?? ClientIds[0],
            ["sub"] = subject,
            ["iat"] = now,
            ["exp"] = now + 3600,
            ["nonce"] = nonce,
        };
        if (email is not null)
        {
            payload["email"] = email;
            payload["email_verified"] = emailVerified ?? true;
        }

        if (name is not null)
        {
            payload["name"] = name;
        }

        change?.Invoke(payload);
        return Sign(payload, changeHeader, key);
    }

    /// <summary>Signs the event that Apple sends when something has happened to one of its users.</summary>
    /// <param name="type">The type, such as <c>consent-revoked</c>.</param>
    /// <param name="subject">The identifier of the user.</param>
    /// <param name="at">The time of the event.</param>
    /// <param name="change">Changes the payload, whose member <c>events</c> is text.</param>
    /// <param name="key">The key; by default, the RSA key.</param>
    public string EventPayload(
        string type,
        string subject,
        DateTimeOffset at,
        Action<IDictionary<string, object?>>? change = null,
        SigningKey? key = null
    )
    {
        var now = _clock.GetUtcNow();
        Dictionary<string, object?> payload = new()
        {
            ["iss"] = Issuer,
            ["aud"] = ClientIds[0],
            ["iat"] = now.ToUnixTimeSeconds(),
            ["jti"] = RandomNumberGenerator.GetHexString(16),
            ["events"] = JsonSerializer.Serialize(
                new
                {
                    type,
                    sub = subject,
                    event_time = at.ToUnixTimeMilliseconds(),
                }
            ),
        };
        change?.Invoke(payload);
        return Sign(payload, null, key);
    }

    /// <summary>Signs any header and payload.</summary>
    /// <param name="header">The header as JSON, or as whatever the test needs.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="key">The key; by default, the RSA key.</param>
    /// <param name="algorithm">The algorithm that signs, whatever the header says; by default, that of the key.</param>
    public string Sign(string header, string payload, SigningKey? key = null, string? algorithm = null) =>
        Sign(
            Encoding.UTF8.GetBytes(header),
            Encoding.UTF8.GetBytes(payload),
            data => (key ?? RsaKey).Sign(data, algorithm ?? (key ?? RsaKey).Algorithm)
        );

    /// <summary>Joins bytes that need not be text with their signature.</summary>
    public static string Sign(byte[] header, byte[] payload, Func<byte[], byte[]> sign)
    {
        var data = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(payload)}";
        return $"{data}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(data)))}";
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _made.ForEach(key => key.Dispose());
        Grants?.Dispose();
        if (_keyPath is not null)
        {
            File.Delete(_keyPath);
        }
    }

    private string Sign(
        Dictionary<string, object?> payload,
        Action<IDictionary<string, object?>>? changeHeader,
        SigningKey? key
    )
    {
        var signing = key ?? RsaKey;
        Dictionary<string, object?> header = new() { ["alg"] = signing.Algorithm, ["kid"] = signing.Kid };
        changeHeader?.Invoke(header);
        return Sign(JsonSerializer.Serialize(header), JsonSerializer.Serialize(payload), signing);
    }

    private async Task<IResult> DiscoverAsync(HttpRequest call)
    {
        Interlocked.Increment(ref _discoveryRequests);
        var document = new
        {
            issuer = Issuer,
            jwks_uri = KeysUrl,
            id_token_signing_alg_values_supported = new[] { "RS256", "ES256" },
        };
        return await AnswerAsync(call, DiscoveryText ?? JsonSerializer.Serialize(document));
    }

    private Task<IResult> PublishAsync(HttpRequest call)
    {
        Interlocked.Increment(ref _keyRequests);
        return AnswerAsync(
            call,
            KeysText ?? JsonSerializer.Serialize(new { keys = Keys.Select(key => key.Jwk).ToList() })
        );
    }

    private async Task<IResult> AnswerAsync(HttpRequest call, string text)
    {
        await BeforeAnswer().WaitAsync(call.HttpContext.RequestAborted);
        return IsDown ? Results.StatusCode(503)
            : MovedTo is not null ? Results.Redirect(MovedTo)
            : Results.Text(text, "application/json");
    }

    private async Task<IResult> GrantAsync(HttpRequest call, bool isExchange) =>
        Grants is null ? Results.NotFound()
        : isExchange ? await Grants.ExchangeAsync(call)
        : await Grants.RevokeAsync(call);
}

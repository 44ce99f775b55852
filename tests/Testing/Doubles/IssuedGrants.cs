using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Fitnessify.Testing;

/// <summary>An authorization code that was exchanged for a refresh token.</summary>
internal sealed record ExchangedCode(string ClientId, string Code, string RefreshToken);

/// <summary>
/// Apple's endpoints for authorization codes and refresh tokens
/// (https://developer.apple.com/documentation/signinwithapplerestapi). They accept only a correct client secret.
/// </summary>
internal sealed class IssuedGrants(string issuer, IReadOnlyList<string> clientIds, TimeProvider clock) : IDisposable
{
    public const string KeyId = "TESTKEY123";
    public const string TeamId = "TESTTEAM12";

    private readonly ConcurrentDictionary<string, string> _codes = new();
    private readonly ConcurrentDictionary<string, string> _refreshTokens = new();
    private readonly ConcurrentQueue<ExchangedCode> _exchanged = new();
    private readonly ConcurrentQueue<string> _revoked = new();
    private readonly ConcurrentQueue<string> _secrets = new();

    /// <summary>Gets the key of the app, which signs the client secrets.</summary>
    public SigningKey ClientKey { get; } = SigningKey.Ec(KeyId);

    /// <summary>Gets or sets whether the endpoints answer 503.</summary>
    public bool IsDown { get; set; }

    /// <summary>Gets or sets what the endpoints do before they answer, for instance wait.</summary>
    public Func<Task> BeforeAnswer { get; set; } = () => Task.CompletedTask;

    /// <summary>Gets what was exchanged, in order.</summary>
    public IReadOnlyCollection<ExchangedCode> Exchanged => _exchanged;

    /// <summary>Gets the refresh tokens that were revoked, in order.</summary>
    public IReadOnlyCollection<string> Revoked => _revoked;

    /// <summary>Gets the client secrets that were sent, in order.</summary>
    public IReadOnlyCollection<string> Secrets => _secrets;

    /// <summary>Returns a new authorization code for the first or the given client; it works once.</summary>
    public string NewCode(string? clientId = null)
    {
        var code = $"code.{RandomNumberGenerator.GetHexString(32, lowercase: true)}";
        _codes[code] = clientId ?? clientIds[0];
        return code;
    }

    /// <summary>Answers <c>/auth/token</c>.</summary>
    public Task<IResult> ExchangeAsync(HttpRequest request) =>
        AnswerAsync(
            request,
            form =>
            {
                var code = form["code"].ToString();
                var isCode = form["grant_type"] == "authorization_code";
                if (!isCode || !_codes.TryRemove(code, out var clientId) || clientId != form["client_id"])
                {
                    return Refuse(isCode ? "invalid_grant" : "unsupported_grant_type");
                }

                var refreshToken = $"refresh.{RandomNumberGenerator.GetHexString(32, lowercase: true)}";
                _refreshTokens[refreshToken] = clientId;
                _exchanged.Enqueue(new ExchangedCode(clientId, code, refreshToken));
                return Results.Json(
                    new
                    {
                        access_token = "access",
                        token_type = "Bearer",
                        expires_in = 3600,
                        refresh_token = refreshToken,
                    }
                );
            }
        );

    /// <summary>Answers <c>/auth/revoke</c>.</summary>
    public Task<IResult> RevokeAsync(HttpRequest request) =>
        AnswerAsync(
            request,
            form =>
            {
                var token = form["token"].ToString();
                if (form["token_type_hint"] != "refresh_token")
                {
                    return Refuse("invalid_request");
                }

                if (!_refreshTokens.TryRemove(token, out var clientId) || clientId != form["client_id"])
                {
                    return Refuse("invalid_grant");
                }

                _revoked.Enqueue(token);
                return Results.Ok();
            }
        );

    public void Dispose() => ClientKey.Dispose();

    private static IResult Refuse(string error) => Results.Json(new { error }, statusCode: 400);

    private async Task<IResult> AnswerAsync(HttpRequest request, Func<IFormCollection, IResult> answer)
    {
        await BeforeAnswer().WaitAsync(request.HttpContext.RequestAborted);
        if (IsDown)
        {
            return Results.StatusCode(503);
        }

        var form = await request.ReadFormAsync();
        var secret = form["client_secret"].ToString();
        _secrets.Enqueue(secret);
        return IsSecret(secret, form["client_id"].ToString()) ? answer(form) : Refuse("invalid_client");
    }

    private bool IsSecret(string secret, string clientId)
    {
        try
        {
            var parts = secret.Split('.');
            using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0]));
            using var payload = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
            var now = clock.GetUtcNow().ToUnixTimeSeconds();
            var expiry = payload.RootElement.GetProperty("exp").GetInt64();
            return parts.Length == 3
                && Text(header, "alg") == "ES256"
                && Text(header, "kid") == KeyId
                && Text(payload, "iss") == TeamId
                && Text(payload, "sub") == clientId
                && Text(payload, "aud") == issuer
                && clientIds.Contains(clientId)
                && payload.RootElement.GetProperty("iat").GetInt64() <= now
                && expiry > now
                // Apple's limit is six months.
                && expiry < now + TimeSpan.FromDays(180).TotalSeconds
                && ClientKey.Verifies(
                    Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"),
                    Base64Url.DecodeFromChars(parts[2])
                );
        }
        catch (Exception exception)
            when (exception is FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return false;
        }
    }

    private static string? Text(JsonDocument document, string name) =>
        document.RootElement.GetProperty(name).GetString();
}

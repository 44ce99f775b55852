using System.Net.Http.Json;
using System.Text.Json.Serialization;
using Fitnessify.Domain.Common;

namespace Fitnessify.Infrastructure.Mail;

/// <summary>The token endpoint has issued no token. The message is for the log and contains nothing from the response.</summary>
internal sealed class OAuthException(string message) : Exception(message);

/// <summary>
/// Requests access tokens for the mail server with client credentials (RFC 6749, 4.4). A token is reused until shortly before
/// it expires.
/// </summary>
internal sealed class OAuthTokens(MailOAuthOptions options, IHttpClientFactory http, TimeProvider clock) : IDisposable
{
    /// <summary>The name of the HTTP client.</summary>
    public const string ClientName = "Mail:OAuth";

    // The token must still be valid when the mail server checks it.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    // RFC 6749, 5.1 leaves the lifetime open if the response has none; most servers use an hour.
    private static readonly TimeSpan DefaultLifetime = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private Token? _current;

    /// <summary>Returns a valid token; requests another one if there is none.</summary>
    /// <exception cref="OAuthException">The token endpoint has issued no token.</exception>
    public async Task<string> GetAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_current is null || _current.ExpiresAt - Margin <= clock.Now())
            {
                _current = await RequestAsync(cancellationToken);
            }

            return _current.Value;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Discards a token that the mail server has rejected.</summary>
    public void Forget(string token)
    {
        if (_current?.Value == token)
        {
            _current = null;
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<Token> RequestAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, string> form = new()
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = options.ClientId!,
            ["client_secret"] = options.ClientSecret!,
        };
        if (options.Scope is { } scope)
        {
            form["scope"] = scope;
        }

        try
        {
            using var client = http.CreateClient(ClientName);
            using var content = new FormUrlEncodedContent(form);
            using var answer = await client.PostAsync(options.TokenUrl, content, cancellationToken);
            if (!answer.IsSuccessStatusCode)
            {
                throw new OAuthException($"Mail:OAuth:TokenUrl answers {(int)answer.StatusCode}");
            }

            var token = await answer.Content.ReadFromJsonAsync<TokenAnswer>(cancellationToken);
            return token?.AccessToken is { Length: > 0 } value
                ? new Token(value, clock.Now() + Lifetime(token))
                : throw new OAuthException("Mail:OAuth:TokenUrl answers without a token");
        }
        catch (Exception exception) when (exception is not OAuthException && !cancellationToken.IsCancellationRequested)
        {
            throw new OAuthException(
                $"Mail:OAuth:TokenUrl cannot be used: {exception.GetBaseException().GetType().Name}"
            );
        }
    }

    private static TimeSpan Lifetime(TokenAnswer token) =>
        token.ExpiresIn is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : DefaultLifetime;

    private sealed record Token(string Value, DateTimeOffset ExpiresAt);

    private sealed record TokenAnswer(
        [property: JsonPropertyName("access_token")] string? AccessToken,
        // The value is a number, which some endpoints send as text.
        [property:
            JsonPropertyName("expires_in"),
            JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)
        ] int? ExpiresIn
    );
}

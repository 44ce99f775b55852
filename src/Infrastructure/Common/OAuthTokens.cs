using System.Net.Http.Json;
using System.Text.Json.Serialization;
using Fitnessify.Domain.Common;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Common;

/// <summary>The token endpoint has issued no token. The message is for the log and contains nothing from the response.</summary>
internal sealed class OAuthException(string message) : Exception(message);

/// <summary>Where access tokens come from.</summary>
/// <param name="Name">What the operator calls the token endpoint: the full key of its setting, or where else it is configured.</param>
/// <param name="Url">The token endpoint.</param>
/// <param name="WriteGrant">Returns the parameters of a request at a time in UTC (RFC 6749, 4).</param>
internal sealed record OAuthGrant(
    string Name,
    string Url,
    Func<DateTimeOffset, IEnumerable<KeyValuePair<string, string>>> WriteGrant
);

/// <summary>
/// Requests access tokens for another server. A token is reused until shortly before it expires, and callers that need one at the
/// same time wait for one request.
/// </summary>
internal sealed class OAuthTokens(OAuthGrant grant, IHttpClientFactory http, TimeProvider clock)
{
    // The response of a token endpoint has a few kilobytes at most.
    private const int MaxAnswerBytes = 64 * 1024;

    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(10);

    // The token must still be valid when the other server checks it.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    // RFC 6749, 5.1 leaves the lifetime open if the response has none; most servers use an hour.
    private static readonly TimeSpan DefaultLifetime = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private Task<Token>? _request;
    private Token? _current;

    /// <summary>Registers the HTTP client for a token endpoint.</summary>
    public static void AddClient(IServiceCollection services, string name) =>
        services
            .AddHttpClient(
                name,
                client => (client.MaxResponseContentBufferSize, client.Timeout) = (MaxAnswerBytes, TimeLimit)
            )
            // Redirects are off, so that the secret is sent only to the configured address.
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false })
            .RemoveAllLoggers();

    /// <summary>Returns a valid token; requests another one if there is none.</summary>
    /// <exception cref="OAuthException">The token endpoint has issued no token.</exception>
    public async Task<string> GetAsync(CancellationToken cancellationToken)
    {
        Task<Token> request;
        lock (_gate)
        {
            if (clock.Now() < _current?.RenewAt)
            {
                return _current.Value;
            }

            if (_request is null or { IsCompleted: true })
            {
                // A caller that gives up must not take the token from the others, so that only the time limit ends a request.
                _request = RenewAsync();
            }

            request = _request;
        }

        return (await request.WaitAsync(cancellationToken)).Value;
    }

    /// <summary>Discards a token that the other server has rejected.</summary>
    public void Forget(string token)
    {
        lock (_gate)
        {
            if (_current?.Value == token)
            {
                _current = null;
            }
        }
    }

    private async Task<Token> RenewAsync()
    {
        var token = await RequestAsync();
        lock (_gate)
        {
            _current = token;
        }

        return token;
    }

    private async Task<Token> RequestAsync()
    {
        try
        {
            var now = clock.Now();
            using var client = http.CreateClient(grant.Name);
            using var content = new FormUrlEncodedContent(grant.WriteGrant(now));
            using var answer = await client.PostAsync(grant.Url, content);
            if (!answer.IsSuccessStatusCode)
            {
                throw new OAuthException($"{grant.Name} answers {(int)answer.StatusCode}");
            }

            var token = await answer.Content.ReadFromJsonAsync<TokenAnswer>();
            return token?.AccessToken is { Length: > 0 } value
                ? new Token(value, now + Lifetime(token) - Margin)
                : throw new OAuthException($"{grant.Name} answers without a token");
        }
        catch (Exception exception) when (exception is not OAuthException)
        {
            throw new OAuthException($"{grant.Name} cannot be used: {exception.GetBaseException().GetType().Name}");
        }
    }

    private static TimeSpan Lifetime(TokenAnswer token) =>
        token.ExpiresIn is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : DefaultLifetime;

    private sealed record Token(string Value, DateTimeOffset RenewAt);

    private sealed record TokenAnswer(
        [property: JsonPropertyName("access_token")] string? AccessToken,
        // The value is a number, which some endpoints send as text.
        [property:
            JsonPropertyName("expires_in"),
            JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)
        ] int? ExpiresIn
    );
}

using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Identities;
using Fitnessify.Infrastructure.Common;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging;

namespace Fitnessify.Infrastructure.Identities;

/// <summary>
/// Exchanges and revokes at Apple (https://developer.apple.com/documentation/signinwithapplerestapi), which requires that an app
/// revokes the consent when an account is deleted. Without a key for it, or for other providers, nothing is obtained.
/// </summary>
internal sealed partial class AppleGrants(
    ConfiguredProviders providers,
    IHttpClientFactory http,
    IDataProtectionProvider dataProtection,
    TimeProvider clock,
    ILogger<AppleGrants> logger
) : IIdentityGrants
{
    /// <summary>The name of the HTTP client.</summary>
    public const string ClientName = "Identity:Grants";

    /// <summary>The limit of a request; a user waits for the exchange.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(5);

    // The secret is made for one request. Apple permits six months.
    private static readonly TimeSpan SecretLifetime = TimeSpan.FromMinutes(5);

    private readonly IDataProtector _protector = dataProtection.CreateProtector("Fitnessify.IdentityGrant.v1");

    public async Task<IdentityGrant?> ExchangeAsync(
        IdentityClaims claims,
        string authorizationCode,
        CancellationToken cancellationToken
    )
    {
        if (claims.Provider != IdentityProvider.Apple || providers.AppleKey is null)
        {
            return null;
        }

        var answer = await SendAsync(
            "token",
            claims.ClientId,
            [new("code", authorizationCode), new("grant_type", "authorization_code")],
            cancellationToken
        );
        if (answer is { Status: HttpStatusCode.OK, Body.RefreshToken: { Length: > 0 } token })
        {
            var hidden = Base64Url.EncodeToString(_protector.Protect(Encoding.UTF8.GetBytes(token)));
            if (hidden.Length <= IdentityGrant.RefreshTokenMaxLength)
            {
                return new IdentityGrant(claims.ClientId, hidden);
            }

            LogNotExchanged("its refresh token is too long");
            return null;
        }

        LogNotExchanged(answer.Reason);
        return null;
    }

    public async Task<RevocationOutcome> RevokeAsync(
        string provider,
        IdentityGrant grant,
        CancellationToken cancellationToken
    )
    {
        if (provider != IdentityProvider.Apple || providers.AppleKey is null)
        {
            LogNotRevoked("no key is configured");
            return RevocationOutcome.Failed;
        }

        if (_protector.TryUnprotect(grant.RefreshToken) is not { } token)
        {
            LogNotRevoked("its token cannot be unprotected");
            return RevocationOutcome.Failed;
        }

        var answer = await SendAsync(
            "revoke",
            grant.ClientId,
            [new("token", Encoding.UTF8.GetString(token)), new("token_type_hint", "refresh_token")],
            cancellationToken
        );
        if (
            answer
            is { Status: HttpStatusCode.OK }
                or { Status: HttpStatusCode.BadRequest, Body.Error: "invalid_grant" }
        )
        {
            return RevocationOutcome.Revoked;
        }

        LogNotRevoked(answer.Reason);
        return RevocationOutcome.Failed;
    }

    private async Task<Answer> SendAsync(
        string endpoint,
        string clientId,
        IReadOnlyList<KeyValuePair<string, string>> parameters,
        CancellationToken cancellationToken
    )
    {
        var issuer = providers.Find(IdentityProvider.Apple)!.Provider.Issuer;
        using var limit = new CancellationTokenSource(TimeLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var client = http.CreateClient(ClientName);
            using var content = new FormUrlEncodedContent([
                new("client_id", clientId),
                new("client_secret", SignSecret(providers.AppleKey!, issuer, clientId)),
                .. parameters,
            ]);
            using var answer = await client.PostAsync($"{issuer.TrimEnd('/')}/auth/{endpoint}", content, either.Token);
            var text = await answer.Content.ReadAsStringAsync(either.Token);
            return new Answer(answer.StatusCode, text.Length == 0 ? null : TryParse(text), null);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            var reason = limit.IsCancellationRequested
                ? "no answer in time"
                : exception.GetBaseException().GetType().Name;
            return new Answer(null, null, reason);
        }
    }

    // https://developer.apple.com/documentation/accountorganizationaldatasharing/creating-a-client-secret
    private string SignSecret(AppleKey key, string issuer, string clientId)
    {
        var now = clock.Now();
        return key.Sign(
            now,
            new("exp", (now + SecretLifetime).ToUnixTimeSeconds()),
            new("aud", issuer),
            new("sub", clientId)
        );
    }

    private static AnswerBody? TryParse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<AnswerBody>(text);
        }
        catch (JsonException)
        {
            // Proxies answer with pages.
            return null;
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "Apple has not exchanged an authorization code, so that its consent will not be revoked: {Reason}"
    )]
    private partial void LogNotExchanged(string reason);

    [LoggerMessage(LogLevel.Warning, "A consent is not revoked at Apple: {Reason}")]
    private partial void LogNotRevoked(string reason);

    private sealed record Answer(HttpStatusCode? Status, AnswerBody? Body, string? Failure)
    {
        // Nothing of the body is logged but the codes of RFC 6749, 5.2.
        private static readonly string[] Codes =
        [
            "invalid_request",
            "invalid_client",
            "invalid_grant",
            "unauthorized_client",
            "unsupported_grant_type",
            "invalid_scope",
        ];

        public string Reason =>
            Failure ?? (Codes.Contains(Body?.Error) ? $"{(int)Status!} {Body!.Error}" : $"{(int)Status!}");
    }

    private sealed record AnswerBody(
        [property: JsonPropertyName("refresh_token")] string? RefreshToken,
        [property: JsonPropertyName("error")] string? Error
    );
}

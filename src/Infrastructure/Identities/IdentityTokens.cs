using System.Text.Json;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Identities;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Fitnessify.Infrastructure.Identities;

/// <summary>Verifies the tokens of the configured providers.</summary>
internal sealed partial class IdentityTokens : IIdentityTokens
{
    private readonly JsonWebTokenHandler _handler = new();
    private readonly Dictionary<string, IssuerKeys> _keys;
    private readonly ConfiguredProviders _configured;
    private readonly TimeProvider _clock;
    private readonly ILogger<IdentityTokens> _logger;

    public IdentityTokens(
        ConfiguredProviders configured,
        IHttpClientFactory http,
        TimeProvider clock,
        ILogger<IssuerKeys> keysLogger,
        ILogger<IdentityTokens> logger
    )
    {
        (_configured, _clock, _logger) = (configured, clock, logger);
        Providers = [.. configured.All.Select(one => one.Provider)];
        _keys = configured.All.ToDictionary(
            one => one.Provider.Name,
            one => new IssuerKeys(one, http, clock, keysLogger)
        );
    }

    public IReadOnlyList<IdentityProvider> Providers { get; }

    public Task<Result<IdentityClaims>> VerifyAsync(
        string provider,
        string idToken,
        string nonce,
        CancellationToken cancellationToken
    ) =>
        ReadAsync<IdentityClaims>(
            provider,
            idToken,
            (payload, issuer) =>
                (
                    ClaimRules.CheckTimes(payload, _clock.Now())
                    ?? ClaimRules.CheckNonce(payload, nonce)
                    ?? ClaimRules.CheckSubject(payload.FindText("sub"))
                )
                    is { } refusal
                    ? (null, refusal)
                    : (ClaimRules.ReadClaims(payload, issuer), null),
            cancellationToken
        );

    public Task<Result<IdentityEvent>> VerifyEventAsync(string payload, CancellationToken cancellationToken) =>
        ReadAsync<IdentityEvent>(
            IdentityProvider.Apple,
            payload,
            (content, issuer) => (ClaimRules.ReadEvent(content, issuer, _clock.Now()), TokenRefusal.Event),
            cancellationToken
        );

    /// <summary>
    /// Reads a token if it is in order and signed. The signature is verified last: only a token that is in order otherwise can make the
    /// server ask the issuer for its keys.
    /// </summary>
    private async Task<Result<T>> ReadAsync<T>(
        string provider,
        string text,
        Func<JsonElement, IdentityProvider, (T? Read, TokenRefusal? Refusal)> read,
        CancellationToken cancellationToken
    )
        where T : class
    {
        if (_configured.Find(provider)?.Provider is not { } issuer)
        {
            return Refuse(provider: null, TokenRefusal.Provider);
        }

        if (SignedToken.TryRead(text) is not { } token)
        {
            return Refuse(issuer.Name, TokenRefusal.Form);
        }

        if ((ClaimRules.CheckHeader(token.Header) ?? ClaimRules.CheckParties(token.Payload, issuer)) is { } wrong)
        {
            return Refuse(issuer.Name, wrong);
        }

        var (content, refusal) = read(token.Payload, issuer);
        if (content is null)
        {
            return Refuse(issuer.Name, refusal!.Value);
        }

        var algorithm = token.Header.FindText("alg")!;
        var key = await _keys[issuer.Name].FindAsync(token.Header.FindText("kid"), algorithm, cancellationToken);
        if (!key.IsSuccess)
        {
            return key.Error == IdentityErrors.IdentityTokenInvalid ? Refuse(issuer.Name, TokenRefusal.Key) : key.Error;
        }

        return await IsSignedAsync(token, key.Value) ? content : Refuse(issuer.Name, TokenRefusal.Signature);
    }

    private async Task<bool> IsSignedAsync(SignedToken token, IssuerKey key)
    {
        var verified = await _handler.ValidateTokenAsync(
            token.Text,
            new TokenValidationParameters
            {
                ValidAlgorithms = [key.Algorithm],
                IssuerSigningKeyResolver = (_, _, _, _) => [key.Key],
                RequireSignedTokens = true,
                // The rest is checked already, by stricter rules and with a clock that tests can set.
                ValidateIssuer = false,
                ValidateAudience = false,
                ValidateLifetime = false,
            }
        );
        return verified.IsValid;
    }

    private Error Refuse(string? provider, TokenRefusal refusal)
    {
        LogRefused(provider, refusal);
        return IdentityErrors.IdentityTokenInvalid;
    }

    [LoggerMessage(LogLevel.Debug, "A token of {Provider} is refused: {Refusal}")]
    private partial void LogRefused(string? provider, TokenRefusal refusal);
}

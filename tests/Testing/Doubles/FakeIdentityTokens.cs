using System.Collections.Concurrent;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Identities;

namespace Fitnessify.Testing;

/// <summary>What an app has after a sign-in at a provider.</summary>
internal sealed record SignedIdentity(string Provider, string IdToken, string Nonce);

/// <summary>Two issuers whose tokens are texts: a token says what the test has registered for it, and any other is not valid.</summary>
internal sealed class FakeIdentityTokens(TimeProvider clock) : IIdentityTokens
{
    public static readonly IdentityProvider Apple = new(
        IdentityProvider.Apple,
        "https://apple.test",
        ["app.apple.test"]
    );

    public static readonly IdentityProvider Google = new(
        IdentityProvider.Google,
        "https://google.test",
        ["web.google.test", "app.google.test"]
    );

    private readonly ConcurrentDictionary<string, IdentityClaims> _claims = new();
    private readonly ConcurrentDictionary<string, string> _nonces = new();
    private readonly ConcurrentDictionary<string, IdentityEvent> _events = new();

    /// <summary>Gets or sets whether the keys of the issuers cannot be had.</summary>
    public bool IsDown { get; set; }

    /// <summary>Gets or sets an action that runs once, after the next verification and before its result is returned.</summary>
    public Func<Task>? AfterVerification { get; set; }

    public IReadOnlyList<IdentityProvider> Providers { get; } = [Apple, Google];

    /// <summary>Creates a subject that is unique in this run.</summary>
    public static string NewSubject() => $"subject.{Guid.NewGuid():N}";

    /// <summary>Signs a token.</summary>
    /// <param name="subject">The identifier of the user.</param>
    /// <param name="email">The address, or null.</param>
    /// <param name="isVerified">Whether the issuer has verified the address; if not, the address is no claim.</param>
    /// <param name="name">The name, or null.</param>
    /// <param name="provider">The provider; by default, Google.</param>
    /// <param name="age">The time since the user has signed in at the issuer.</param>
    /// <param name="nonce">The nonce; by default, a new one.</param>
    public SignedIdentity Sign(
        string subject,
        string? email = null,
        bool isVerified = true,
        string? name = null,
        IdentityProvider? provider = null,
        TimeSpan age = default,
        string? nonce = null
    )
    {
        var issuer = provider ?? Google;
        var now = clock.GetUtcNow();
        var signed = new SignedIdentity(issuer.Name, $"token.{Guid.NewGuid():N}", nonce ?? $"nonce.{Guid.NewGuid():N}");
        _nonces[signed.IdToken] = signed.Nonce;
        _claims[signed.IdToken] = new IdentityClaims(
            issuer.Name,
            issuer.Issuer,
            subject,
            issuer.ClientIds[0],
            isVerified ? email : null,
            name,
            now - age,
            signed.Nonce,
            now + TimeSpan.FromHours(1)
        );
        return signed;
    }

    /// <summary>Signs an event of Apple.</summary>
    /// <param name="subject">The identifier of the user.</param>
    /// <param name="isEnd">Whether the user has withdrawn the consent.</param>
    /// <param name="at">The time of the event; by default, now.</param>
    public string SignEvent(string subject, bool isEnd = true, DateTimeOffset? at = null)
    {
        var payload = $"event.{Guid.NewGuid():N}";
        _events[payload] = new IdentityEvent(Apple.Issuer, subject, isEnd, at ?? clock.GetUtcNow());
        return payload;
    }

    public async Task<Result<IdentityClaims>> VerifyAsync(
        string provider,
        string idToken,
        string nonce,
        CancellationToken cancellationToken
    )
    {
        if (IsDown)
        {
            return CommonErrors.ServiceUnavailable;
        }

        var claims = _nonces.GetValueOrDefault(idToken) == nonce ? _claims[idToken] : null;
        if (AfterVerification is { } action)
        {
            AfterVerification = null;
            await action();
        }

        return claims?.Provider == provider ? claims : IdentityErrors.IdentityTokenInvalid;
    }

    public Task<Result<IdentityEvent>> VerifyEventAsync(string payload, CancellationToken cancellationToken) =>
        Task.FromResult<Result<IdentityEvent>>(
            IsDown ? CommonErrors.ServiceUnavailable
            : _events.TryGetValue(payload, out var told) ? told
            : IdentityErrors.IdentityTokenInvalid
        );
}

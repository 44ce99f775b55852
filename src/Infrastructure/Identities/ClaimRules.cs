using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Identities;
using Microsoft.IdentityModel.Tokens;

namespace Fitnessify.Infrastructure.Identities;

/// <summary>The rules about what a token says (OpenID Connect Core 1.0, 2 and 3.1.3.7). Each returns what is wrong, or null.</summary>
internal static class ClaimRules
{
    /// <summary>How far the clock of an issuer may differ.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    /// <summary>The greatest age of an ID token.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(10);

    // Google documents both forms for the same issuer.
    private const string GoogleIssuer = "https://accounts.google.com";
    private const string GoogleShortIssuer = "accounts.google.com";

    /// <summary>Checks the header. Keys in it (jwk, jku, x5u, x5c) are never looked at.</summary>
    public static TokenRefusal? CheckHeader(JsonElement header)
    {
        var isSigned = header.FindText("alg") is SecurityAlgorithms.RsaSha256 or SecurityAlgorithms.EcdsaSha256;
        // Other types are not for us, for instance access tokens (RFC 9068, 2.1: at+jwt).
        var isIdToken = !header.Has("typ") || header.FindText("typ") == "JWT";
        var hasKeyId = !header.Has("kid") || header.FindText("kid") is not null;
        // An extension that must be understood is not understood (RFC 7515, 4.1.11).
        return isSigned && isIdToken && hasKeyId && !header.Has("crit") ? null : TokenRefusal.Form;
    }

    /// <summary>Checks issuer and audiences, which ID tokens and events have in common.</summary>
    public static TokenRefusal? CheckParties(JsonElement payload, IdentityProvider provider)
    {
        var issuer = payload.FindText("iss");
        var isIssuer = issuer == provider.Issuer || (provider.Issuer == GoogleIssuer && issuer == GoogleShortIssuer);
        var audiences = AudiencesOf(payload);
        var isForUs = audiences.Count > 0 && audiences.All(audience => provider.ClientIds.Contains(audience));
        var isAuthorized = !payload.Has("azp") || provider.ClientIds.Contains(payload.FindText("azp"));
        return !isIssuer ? TokenRefusal.Issuer
            : !isForUs || !isAuthorized ? TokenRefusal.Audience
            : null;
    }

    /// <summary>Checks the times of an ID token.</summary>
    public static TokenRefusal? CheckTimes(JsonElement payload, DateTimeOffset now)
    {
        var latest = now + ClockSkew;
        var isCurrent =
            payload.FindTime("exp") > now - ClockSkew
            && payload.FindTime("iat") is { } issuedAt
            && issuedAt <= latest
            && issuedAt >= now - MaxAge;
        return isCurrent && IsAbsentOrPast("nbf") && IsAbsentOrPast("auth_time") ? null : TokenRefusal.Time;

        bool IsAbsentOrPast(string name) => !payload.Has(name) || payload.FindTime(name) <= latest;
    }

    /// <summary>Checks that the token holds the app's nonce, or its SHA-256 digest in hexadecimal or base64url.</summary>
    public static TokenRefusal? CheckNonce(JsonElement payload, string nonce)
    {
        if (nonce.Length == 0 || payload.FindText("nonce") is not { Length: > 0 } held)
        {
            return TokenRefusal.Nonce;
        }

        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(nonce));
        var isSame =
            AreEqual(held, nonce)
            | AreEqual(held.ToUpperInvariant(), Convert.ToHexString(digest))
            | AreEqual(held, Base64Url.EncodeToString(digest));
        return isSame ? null : TokenRefusal.Nonce;
    }

    /// <summary>Checks that the subject is 1 to 255 visible ASCII characters.</summary>
    public static TokenRefusal? CheckSubject(string? subject) =>
        subject is { Length: > 0 and <= LinkedIdentity.SubjectMaxLength }
        && subject.All(character => character is > ' ' and <= '~')
            ? null
            : TokenRefusal.Subject;

    /// <summary>Returns the claims of a payload that has passed the checks.</summary>
    public static IdentityClaims ReadClaims(JsonElement payload, IdentityProvider provider) =>
        new(
            provider.Name,
            provider.Issuer,
            payload.FindText("sub")!,
            payload.FindText("azp") ?? AudiencesOf(payload)[0]!,
            EmailOf(payload),
            NameOf(payload),
            payload.FindTime("auth_time") ?? payload.FindTime("iat")!.Value,
            payload.FindText("nonce")!,
            // After this, the token is refused by its age or its expiry.
            Earlier(payload.FindTime("exp")!.Value, payload.FindTime("iat")!.Value + MaxAge) + ClockSkew
        );

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    /// <summary>Reads an event of Apple, whose payload holds it as text or as an object.</summary>
    public static IdentityEvent? ReadEvent(JsonElement payload, IdentityProvider provider, DateTimeOffset now)
    {
        // Apple repeats an event for days until it is accepted.
        if (
            !(payload.FindTime("iat") <= now + ClockSkew)
            || !payload.TryGetProperty("events", out var events)
            || (events.AsText() is { } text ? StrictJson.TryParse(text) : events)
                is not { ValueKind: JsonValueKind.Object } read
        )
        {
            return null;
        }

        return
            read.FindText("type") is { Length: > 0 } type
            && read.FindText("sub") is { } subject
            && CheckSubject(subject) is null
            && read.FindTimeOfEitherUnit("event_time") is { } at
            && at <= now + ClockSkew
            ? new IdentityEvent(
                provider.Issuer,
                subject,
                type is "consent-revoked" or "account-delete" or "account-deleted",
                at
            )
            : null;
    }

    /// <summary>Returns the audiences, with null for what is no text.</summary>
    private static List<string?> AudiencesOf(JsonElement payload) =>
        !payload.TryGetProperty("aud", out var audience) ? []
        : audience.ValueKind == JsonValueKind.Array ? [.. audience.EnumerateArray().Select(TokenMembers.AsText)]
        : [audience.AsText()];

    private static string? EmailOf(JsonElement payload)
    {
        // Apple sends the boolean as text in some tokens.
        var isVerified =
            payload.TryGetProperty("email_verified", out var verified)
            && (verified.ValueKind == JsonValueKind.True || verified.AsText() == "true");
        return isVerified && payload.FindText("email") is { } email && EmailAddress.IsAllowed(email) ? email : null;
    }

    private static string? NameOf(JsonElement payload) =>
        PastedText.Name(payload.FindText("name")) is { } name && !name.Any(char.IsControl) ? name : null;

    private static bool AreEqual(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));
}

using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Fitnessify.Infrastructure.Tests.Identities;

/// <summary>Makes a token for a case of a table, which exists before there is an issuer.</summary>
internal delegate string MakeToken(TestIssuer issuer, long now);

/// <summary>What the tables of tokens share.</summary>
internal static class TokenCases
{
    /// <summary>Returns JSON that is written as it stands.</summary>
    public static JsonElement Raw(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    /// <summary>Makes a token whose claim has the value; without one, the claim is missing.</summary>
    public static MakeToken With(string claim, object? value) =>
        (issuer, _) => issuer.Token("alice", IdentityAdapters.Nonce, change: payload => Set(payload, claim, value));

    /// <summary>Makes a token whose claim is that many seconds from now.</summary>
    public static MakeToken WithTime(string claim, long seconds) =>
        (issuer, now) =>
            issuer.Token("alice", IdentityAdapters.Nonce, change: payload => payload[claim] = now + seconds);

    /// <summary>Makes a token whose header has the value; without one, the member is missing.</summary>
    public static MakeToken WithHeader(string member, object? value) =>
        (issuer, _) =>
            issuer.Token("alice", IdentityAdapters.Nonce, changeHeader: header => Set(header, member, value));

    /// <summary>Makes a token with these texts as header and payload, which begin as those of a good token.</summary>
    public static MakeToken Edited(Func<string, string>? header = null, Func<string, string>? payload = null) =>
        (issuer, _) =>
        {
            var parts = issuer.Token("alice", IdentityAdapters.Nonce).Split('.');
            return issuer.Sign(
                header is null ? TextOf(parts[0]) : header(TextOf(parts[0])),
                payload is null ? TextOf(parts[1]) : payload(TextOf(parts[1]))
            );
        };

    /// <summary>Makes a good token with other parts.</summary>
    public static MakeToken Joined(Func<string[], string> join) =>
        (issuer, _) => join(issuer.Token("alice", IdentityAdapters.Nonce).Split('.'));

    /// <summary>Makes a token that a published key signs with an algorithm, which the header names.</summary>
    public static MakeToken SignedAs(string algorithm, Func<TestIssuer, SigningKey> key) =>
        (issuer, _) =>
            issuer.Sign(
                $$"""{"alg":"{{algorithm}}","kid":"{{key(issuer).Kid}}"}""",
                Payload(issuer),
                key(issuer),
                algorithm
            );

    /// <summary>Returns the payload of a good token.</summary>
    public static string Payload(TestIssuer issuer) =>
        TextOf(issuer.Token("alice", IdentityAdapters.Nonce).Split('.')[1]);

    private static string TextOf(string part) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(part));

    private static void Set(IDictionary<string, object?> members, string name, object? value)
    {
        if (value is null)
        {
            members.Remove(name);
        }
        else
        {
            members[name] = value;
        }
    }
}

using System.Text.Json;

namespace Fitnessify.Testing;

/// <summary>Calls with identities at an issuer of the tests.</summary>
internal static class IdentityCalls
{
    public const string Login = "/api/v1/auth/login/identity";
    public const string Providers = "/api/v1/auth/identity-providers";
    public const string Reauthenticate = "/api/v1/auth/reauthenticate";
    public const string AppleNotifications = "/api/v1/auth/apple/notifications";
    public const string Identities = "/api/v1/users/me/identities";

    public static string NewSubject() => $"{Guid.NewGuid():N}";

    public static string DeletionOf(string id) => $"{Identities}/{id}/deletion";

    /// <summary>Returns what an app has after a sign-in at the issuer, with a new nonce.</summary>
    public static (string Provider, string IdToken, string Nonce) Proof(
        this TestIssuer issuer,
        string subject,
        string? email = null,
        object? emailVerified = null,
        string? name = null
    )
    {
        var nonce = $"{Guid.NewGuid():N}";
        var verified = emailVerified ?? (email is null ? null : true);
        return (issuer.Provider, issuer.Token(subject, nonce, email, verified, name), nonce);
    }

    public static Task<HttpResponseMessage> LoginIdentityAsync(
        this ApiClient client,
        (string Provider, string IdToken, string Nonce) proof,
        string? authorizationCode = null,
        string? displayName = null,
        string? device = null,
        string? guestToken = null
    ) =>
        client.PostAsync(
            Login,
            new
            {
                provider = proof.Provider,
                idToken = proof.IdToken,
                nonce = proof.Nonce,
                authorizationCode,
                displayName,
                device,
                guestToken,
            }
        );

    public static Task<HttpResponseMessage> ReauthenticateAsync(
        this ApiClient client,
        (string Provider, string IdToken, string Nonce) proof
    ) =>
        client.PostAsync(
            Reauthenticate,
            new
            {
                provider = proof.Provider,
                idToken = proof.IdToken,
                nonce = proof.Nonce,
            }
        );

    /// <summary>Links an identity with the password of the signed-in person.</summary>
    public static Task<HttpResponseMessage> LinkAsync(
        this ApiClient client,
        (string Provider, string IdToken, string Nonce) proof,
        string? password = null
    ) =>
        client.PostAsync(
            Identities,
            new
            {
                provider = proof.Provider,
                idToken = proof.IdToken,
                nonce = proof.Nonce,
                password = password ?? client.Person.Password,
            }
        );

    /// <summary>Creates an account with an identity and signs in on this device.</summary>
    public static async Task SignUpByIdentityAsync(this ApiClient client, TestIssuer issuer, string subject)
    {
        using var response = await client.LoginIdentityAsync(issuer.Proof(subject));
        await client.KeepAsync(response);
    }

    public static async Task<IReadOnlyList<JsonElement>> ListIdentitiesAsync(this ApiClient client) =>
        [.. (await client.ReadAsync(Identities)).GetProperty("items").EnumerateArray()];
}

using System.Text.Json;

namespace Fitnessify.Testing;

/// <summary>Calls of the passkey tests.</summary>
internal static class PasskeyCalls
{
    public const string Passkeys = "/api/v1/users/me/passkeys";
    public const string Options = $"{Passkeys}/options";
    public const string Login = "/api/v1/auth/login/passkey";
    public const string LoginOptions = $"{Login}/options";

    // This is the host in the default of App:PublicUrl.
    private const string Origin = "http://localhost:5080";

    /// <summary>Creates an authenticator with a browser on the server's own pages.</summary>
    public static SoftAuthenticator Authenticator() => new(Origin);

    public static string DeletionOf(string id) => $"{Passkeys}/{id}/deletion";

    /// <summary>Returns what adds the passkey of the authenticator.</summary>
    public static async Task<(string ChallengeToken, JsonElement Credential)> MakeAsync(
        this ApiClient client,
        SoftAuthenticator authenticator,
        string password
    )
    {
        using var begun = await client.PostAsync(Options, new { password });
        var challenge = await begun.JsonAsync();
        return (challenge.Text("challengeToken"), Parse(authenticator.Create(challenge.GetProperty("options"))));
    }

    /// <summary>Returns what signs in with the passkey.</summary>
    public static async Task<(string ChallengeToken, JsonElement Credential)> AssertAsync(
        this ApiClient client,
        SoftAuthenticator authenticator
    )
    {
        using var begun = await client.PostAsync(LoginOptions);
        var challenge = await begun.JsonAsync();
        return (challenge.Text("challengeToken"), Parse(authenticator.Get(challenge.GetProperty("options"))));
    }

    public static async Task<HttpResponseMessage> AddPasskeyAsync(
        this ApiClient client,
        SoftAuthenticator authenticator,
        string? name = null
    )
    {
        var (challengeToken, credential) = await client.MakeAsync(authenticator, client.Person.Password);
        return await client.PostAsync(
            Passkeys,
            new
            {
                challengeToken,
                credential,
                name,
            }
        );
    }

    public static async Task<HttpResponseMessage> LoginWithPasskeyAsync(
        this ApiClient client,
        SoftAuthenticator authenticator,
        string? device = null,
        string? guestToken = null
    )
    {
        var (challengeToken, credential) = await client.AssertAsync(authenticator);
        return await client.PostAsync(
            Login,
            new
            {
                challengeToken,
                credential,
                device,
                guestToken,
            }
        );
    }

    private static JsonElement Parse(string json) => JsonSerializer.Deserialize<JsonElement>(json);
}

using System.Text.Json;
using Fitnessify.Application.Passkeys;

namespace Fitnessify.Testing;

/// <summary>The two ceremonies of Web Authentication up to their last step.</summary>
internal static class Ceremonies
{
    /// <summary>Creates the command that adds the passkey of the authenticator for the caller.</summary>
    public static async Task<AddPasskeyCommand> RegistrationAsync(
        this Instance server,
        SoftAuthenticator authenticator,
        string password,
        string? name = null,
        string? code = null
    )
    {
        var begun = (await server.SendAsync(new BeginPasskeyCommand(password, code))).Value!;
        return new AddPasskeyCommand(begun.ChallengeToken, Json(authenticator.Create(Read(begun))), name);
    }

    /// <summary>Creates the command that signs in with the passkey.</summary>
    public static async Task<LoginPasskeyCommand> AuthenticationAsync(
        this Instance server,
        SoftAuthenticator authenticator,
        string? device = null
    )
    {
        var begun = (await server.SendAsync(new BeginPasskeyLoginCommand())).Value!;
        return new LoginPasskeyCommand(begun.ChallengeToken, Json(authenticator.Get(Read(begun))), device);
    }

    /// <summary>Parses the options like a browser.</summary>
    public static JsonElement Read(PasskeyChallengeDto challenge) =>
        JsonSerializer.SerializeToElement(challenge.Options);

    /// <summary>Converts the response of an authenticator for a request.</summary>
    public static Dictionary<string, object?> Json(string json) =>
        JsonSerializer.Deserialize<Dictionary<string, object?>>(json)!;
}

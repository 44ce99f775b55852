using System.Text.Json;
using Fitnessify.Application.Passkeys;

namespace Fitnessify.Testing;

/// <summary>The two ceremonies of Web Authentication up to their last step, which is answered.</summary>
internal static class Ceremonies
{
    /// <summary>What the caller has to send to add the passkey of the authenticator.</summary>
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

    /// <summary>What anybody has to send to sign in with it.</summary>
    public static async Task<LoginPasskeyCommand> AuthenticationAsync(
        this Instance server,
        SoftAuthenticator authenticator,
        string? device = null
    )
    {
        var begun = (await server.SendAsync(new BeginPasskeyLoginCommand())).Value!;
        return new LoginPasskeyCommand(begun.ChallengeToken, Json(authenticator.Get(Read(begun))), device);
    }

    /// <summary>The options as a browser reads them.</summary>
    public static JsonElement Read(PasskeyChallengeDto challenge) =>
        JsonSerializer.SerializeToElement(challenge.Options);

    /// <summary>What an authenticator has answered, as a request holds it.</summary>
    public static Dictionary<string, object?> Json(string json) =>
        JsonSerializer.Deserialize<Dictionary<string, object?>>(json)!;
}

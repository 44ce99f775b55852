using System.Text.Json;
using Fitnessify.Domain.Auth;

namespace Fitnessify.Application.Passkeys;

/// <summary>What the second step to another passkey needs of the first.</summary>
/// <param name="State">What the authenticator was asked; see <see cref="Domain.Passkeys.PasskeyChallenge.State"/>.</param>
/// <param name="Username">The username of a guest who registers with the passkey, or null.</param>
internal sealed record NewPasskeyContent(string State, string? Username)
{
    /// <summary>Reads the content of a challenge token.</summary>
    public static NewPasskeyContent Of(ChallengeToken challengeToken) =>
        JsonSerializer.Deserialize<NewPasskeyContent>(challengeToken.Content!)!;

    /// <inheritdoc />
    public override string ToString() => JsonSerializer.Serialize(this);
}

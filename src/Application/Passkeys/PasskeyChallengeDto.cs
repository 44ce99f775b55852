using System.Text.Json;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Passkeys;

namespace Fitnessify.Application.Passkeys;

/// <summary>What to ask the authenticator of this device.</summary>
/// <param name="ChallengeToken">To be sent back with the answer, once, within five minutes.</param>
/// <param name="Options">For <c>PublicKeyCredential.parseCreationOptionsFromJSON</c> or <c>parseRequestOptionsFromJSON</c>, and the like on other platforms.</param>
public sealed record PasskeyChallengeDto(string ChallengeToken, IReadOnlyDictionary<string, object?> Options)
{
    /// <summary>Issues the challenge token in the unit of work.</summary>
    /// <param name="challenge">What the authenticator is asked.</param>
    /// <param name="purpose">The second step.</param>
    /// <param name="userId">The account, if it is known already.</param>
    /// <param name="challengeTokens">Issues the token.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="content">What the second step needs of the first; null if it needs only what the authenticator was asked.</param>
    internal static PasskeyChallengeDto From(
        PasskeyChallenge challenge,
        ChallengePurpose purpose,
        Guid? userId,
        IChallengeTokens challengeTokens,
        TimeProvider clock,
        string? content = null
    ) =>
        new(
            challengeTokens.Issue(purpose, userId, content ?? challenge.State, clock.Now()).Text,
            JsonSerializer.Deserialize<Dictionary<string, object?>>(challenge.Options)!
        );
}

using Fitnessify.Application.Passkeys;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Auth;

namespace Fitnessify.Application.Tests.Passkeys;

public sealed class BeginPasskeyLoginTests : UseCaseTests
{
    [Test]
    public async Task Returns_a_challenge_and_a_challenge_token_that_name_no_user()
    {
        var begun = (await SendAsync(new BeginPasskeyLoginCommand())).Value!;

        Assert.That(Ceremonies.Read(begun).GetProperty("challenge").GetString(), Is.Not.Empty);
        var challengeToken = await Server.UseAsync(
            (IChallengeTokens challengeTokens) =>
                Task.FromResult(challengeTokens.Read(ChallengePurpose.PasskeyLogin, begun.ChallengeToken, Now))
        );
        Assert.That(
            (challengeToken?.Purpose, challengeToken?.UserId),
            Is.EqualTo((ChallengePurpose.PasskeyLogin, (Guid?)null))
        );
        Assert.That(Saves.Count, Is.EqualTo(1));
    }
}

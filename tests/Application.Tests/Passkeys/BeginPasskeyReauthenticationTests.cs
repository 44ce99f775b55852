using Fitnessify.Application.Passkeys;
using Fitnessify.Domain.Auth;

namespace Fitnessify.Application.Tests.Passkeys;

public sealed class BeginPasskeyReauthenticationTests : PasskeyTests
{
    [Test]
    public async Task Returns_a_challenge_for_the_passkeys_of_the_user_and_asks_for_nothing()
    {
        var passkey = await AddAsync();
        var before = Saves.Count;

        var begun = (await SendAsync(new BeginPasskeyReauthenticationCommand())).Value!;

        var options = Ceremonies.Read(begun);
        Assert.That(options.GetProperty("challenge").GetString(), Is.Not.Empty);
        Assert.That(
            options.GetProperty("allowCredentials").EnumerateArray().Select(item => item.GetProperty("id").GetString()),
            Is.EqualTo([passkey.Id])
        );
        Assert.That(await PurposesAsync(begun.ChallengeToken), Is.EqualTo([ChallengePurpose.PasskeyReauthentication]));
        Assert.That(Saves.Count - before, Is.EqualTo(1));
    }

    [Test]
    public async Task Returns_a_challenge_to_a_user_without_passkeys_too()
    {
        var begun = (await SendAsync(new BeginPasskeyReauthenticationCommand())).Value!;

        Assert.That(
            Ceremonies.Read(begun).TryGetProperty("allowCredentials", out var allowed) && allowed.GetArrayLength() > 0,
            Is.False
        );
    }

    /// <summary>Returns the purposes for which the token can be read, each time with the user.</summary>
    private async Task<List<ChallengePurpose>> PurposesAsync(string challengeToken) =>
        await Server.UseAsync(
            (IChallengeTokens tokens) =>
                Task.FromResult(
                    Enum.GetValues<ChallengePurpose>()
                        .Where(purpose => tokens.Read(purpose, challengeToken, Now)?.UserId == Account.UserId)
                        .ToList()
                )
        );
}

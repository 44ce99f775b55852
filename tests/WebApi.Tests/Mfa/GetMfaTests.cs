namespace Fitnessify.WebApi.Tests.Mfa;

public sealed class GetMfaTests
{
    [Test]
    public async Task Returns_the_state_of_the_factor_and_the_number_of_recovery_codes()
    {
        var client = await Api.Shared.SignedInAsync();
        Assert.That(await StateAsync(client), Is.EqualTo("""{"enabled":false,"recoveryCodesLeft":0}"""));
        var (_, codes) = await client.EnabledAsync(TimeProvider.System);
        Assert.That(await StateAsync(client), Is.EqualTo("""{"enabled":true,"recoveryCodesLeft":10}"""));
        var challengeToken = await client.ChallengeTokenAsync(client.Person);
        Assert.That(await client.OutcomeOfVerifyAsync(challengeToken, recoveryCode: codes[0]), Is.EqualTo("200"));
        Assert.That(await StateAsync(client), Is.EqualTo("""{"enabled":true,"recoveryCodesLeft":9}"""));
    }

    private static async Task<string> StateAsync(ApiClient client) =>
        (await client.ReadJsonAsync(MfaCalls.Mfa)).ToString();
}

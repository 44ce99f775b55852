namespace Fitnessify.WebApi.Tests.Mfa;

public sealed class ReplaceRecoveryCodesTests
{
    [Test]
    public async Task Returns_ten_new_codes_and_invalidates_the_old_ones()
    {
        var client = await Api.Shared.SignedInAsync();
        var (app, old) = await client.EnabledAsync(TimeProvider.System);
        var password = client.Person.Password;

        using var byPassword = await client.PostAsync(MfaCalls.RecoveryCodes, new { password });
        using var response = await client.PostAsync(MfaCalls.RecoveryCodes, new { password, code = app.Code(1) });

        Assert.That(await byPassword.OutcomeAsync(), Is.EqualTo("401 mfa_code_invalid"));

        Assert.That(await response.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That(response.Header("Cache-Control"), Is.EqualTo("no-store"));
        var codes = (await response.JsonAsync()).Texts("recoveryCodes").ToList();
        Assert.That(codes, Has.Count.EqualTo(10).And.None.AnyOf(old));
        var challengeToken = await client.ChallengeTokenAsync(client.Person);
        Assert.That(
            await client.OutcomeOfVerifyAsync(challengeToken, recoveryCode: old[0]),
            Is.EqualTo("401 mfa_code_invalid")
        );
        Assert.That(await client.OutcomeOfVerifyAsync(challengeToken, recoveryCode: codes[0]), Is.EqualTo("200"));
        var events = await client.ReadJsonAsync(ApiClient.Events);
        Assert.That(events.Items().Select(item => item.Text("type")), Has.One.EqualTo("recoveryCodesReplaced"));
    }

    [TestCase("Wrong-Kettle-93-Umbrella", "403 reauthentication_failed")]
    [TestCase("", "400 validation_failed")]
    [TestCase(Person.GoodPassword, "409 state_conflict")]
    public async Task Requires_the_password_and_an_enabled_factor(string password, string outcome)
    {
        var client = await Api.Shared.SignedInAsync();
        using var response = await client.PostAsync(MfaCalls.RecoveryCodes, new { password });
        Assert.That(await response.OutcomeAsync(), Is.EqualTo(outcome));
    }
}

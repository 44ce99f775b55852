namespace Fitnessify.WebApi.Tests.Mfa;

public sealed class EnrolTotpTests
{
    [Test]
    public async Task Returns_the_setup_for_an_app_and_changes_nothing_yet()
    {
        var client = await Api.Shared.SignedInAsync();

        using var response = await client.PostAsync(MfaCalls.Enrol, new { password = client.Person.Password });
        var enrolment = await response.JsonAsync();

        Assert.That(await response.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That(response.Header("Cache-Control"), Is.EqualTo("no-store"));
        Assert.That(enrolment.Members(), Is.EqualTo((string[])["secret", "otpauthUri"]));
        Assert.That(enrolment.Text("secret"), Does.Match("^[A-Z2-7]{32}$"));
        Assert.That(
            enrolment.Text("otpauthUri"),
            Is.EqualTo(
                $"otpauth://totp/Fitnessify:{client.Person.Username}?secret={enrolment.Text("secret")}"
                    + "&issuer=Fitnessify&algorithm=SHA1&digits=6&period=30"
            )
        );
        var mfa = await client.ReadJsonAsync(MfaCalls.Mfa);
        Assert.That(mfa.ToString(), Is.EqualTo("""{"enabled":false,"recoveryCodesLeft":0}"""));
        await client.SignInAsync(client.Person);
    }

    [Test]
    public async Task Replaces_an_unconfirmed_secret()
    {
        var client = await Api.Shared.SignedInAsync();
        var first = await client.EnrolledAsync(TimeProvider.System);
        var second = await client.EnrolledAsync(TimeProvider.System);

        using var old = await client.PostAsync(MfaCalls.Confirm, new { code = first.Code() });
        using var current = await client.PostAsync(MfaCalls.Confirm, new { code = second.Code() });

        Assert.That(await old.OutcomeAsync(), Is.EqualTo("401 mfa_code_invalid"));
        Assert.That(await current.OutcomeAsync(), Is.EqualTo("200"));
    }

    [Test]
    public async Task Refuses_a_new_secret_while_the_factor_is_on()
    {
        var client = await Api.Shared.SignedInAsync();
        await client.EnabledAsync(TimeProvider.System);

        using var response = await client.PostAsync(MfaCalls.Enrol, new { password = client.Person.Password });

        Assert.That(await response.OutcomeAsync(), Is.EqualTo("409 state_conflict"));
    }

    [TestCase("Wrong-Kettle-93-Umbrella", "403 reauthentication_failed")]
    [TestCase("", "400 validation_failed")]
    public async Task Requires_the_password(string password, string outcome)
    {
        var client = await Api.Shared.SignedInAsync();
        using var response = await client.PostAsync(MfaCalls.Enrol, new { password });
        Assert.That(await response.OutcomeAsync(), Is.EqualTo(outcome));
    }
}

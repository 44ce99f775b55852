namespace Fitnessify.WebApi.Tests.Mfa;

public sealed class EnrolTotpTests
{
    [Test]
    public async Task Answers_with_what_an_app_needs_and_changes_nothing_yet()
    {
        var client = await Api.Shared.SignedInAsync();

        using var answer = await client.PostAsync(MfaCalls.Enrol, new { password = client.Person.Password });
        var enrolment = await answer.JsonAsync();

        Assert.That(await answer.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That(answer.Header("Cache-Control"), Is.EqualTo("no-store"));
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
    public async Task Replaces_the_secret_that_was_not_confirmed()
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
    public async Task Refuses_another_one_while_the_factor_is_on()
    {
        var client = await Api.Shared.SignedInAsync();
        await client.EnabledAsync(TimeProvider.System);

        using var answer = await client.PostAsync(MfaCalls.Enrol, new { password = client.Person.Password });

        Assert.That(await answer.OutcomeAsync(), Is.EqualTo("409 state_conflict"));
    }

    [TestCase("Wrong-Kettle-93-Umbrella", "403 reauthentication_failed")]
    [TestCase("", "400 validation_failed")]
    public async Task Asks_for_the_password(string password, string outcome)
    {
        var client = await Api.Shared.SignedInAsync();
        using var answer = await client.PostAsync(MfaCalls.Enrol, new { password });
        Assert.That(await answer.OutcomeAsync(), Is.EqualTo(outcome));
    }
}

namespace Fitnessify.WebApi.Tests.Mfa;

public sealed class DisableMfaTests
{
    [TestCase(true)]
    [TestCase(false)]
    public async Task Lets_the_user_sign_in_with_the_password_alone_and_notifies_them(bool withRecoveryCode)
    {
        var client = await Api.Shared.ConfirmedAsync();
        var (app, codes) = await client.EnabledAsync(TimeProvider.System);

        using var response = await DisableAsync(
            client,
            withRecoveryCode ? null : app.Code(1),
            withRecoveryCode ? codes[9] : null
        );

        Assert.That(await response.OutcomeAsync(), Is.EqualTo("204"));
        await client.SignInAsync(client.Person);
        var mfa = await client.ReadJsonAsync(MfaCalls.Mfa);
        Assert.That(mfa.ToString(), Is.EqualTo("""{"enabled":false,"recoveryCodesLeft":0}"""));
        var events = await client.ReadJsonAsync(ApiClient.Events);
        Assert.That(events.Items().Select(item => item.Text("type")), Has.One.EqualTo("mfaDisabled"));
        var mails = await Api.Shared.MailsToAsync(client.Person.Email);
        Assert.That(mails.Select(mail => mail.Subject), Has.One.EqualTo("The second factor of your account is off"));
        var again = await client.EnrolledAsync(TimeProvider.System);
        Assert.That(again.Secret, Is.Not.EqualTo(app.Secret));
    }

    [Test]
    public async Task Refuses_a_wrong_code_and_a_used_one()
    {
        var client = await Api.Shared.SignedInAsync();
        var app = await client.EnrolledAsync(TimeProvider.System);
        var code = app.Code();
        using var enabled = await client.PostAsync(MfaCalls.Confirm, new { code });

        using var wrong = await DisableAsync(client, app.WrongCode());
        using var used = await DisableAsync(client, code);

        Assert.That(await enabled.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That(await wrong.OutcomeAsync(), Is.EqualTo("401 mfa_code_invalid"));
        Assert.That(await used.OutcomeAsync(), Is.EqualTo("401 mfa_code_invalid"));
        var events = (await client.ReadJsonAsync(ApiClient.Events)).Items().Take(2);
        Assert.That(
            events.Select(item => (item.Text("type"), item.Text("outcome"))),
            Is.All.EqualTo(("reauthenticationFailed", "failed"))
        );
        Assert.That((await client.ReadJsonAsync(MfaCalls.Mfa)).GetProperty("enabled").GetBoolean(), Is.True);
    }

    [Test]
    public async Task Refuses_the_eleventh_wrong_code_here_and_at_sign_in()
    {
        var client = await Api.Shared.SignedInAsync();
        var (app, _) = await client.EnabledAsync(TimeProvider.System);
        for (var i = 0; i < 10; i++)
        {
            using var wrong = await DisableAsync(client, app.WrongCode());
            Assert.That(await wrong.OutcomeAsync(), Is.EqualTo("401 mfa_code_invalid"));
        }

        using var right = await DisableAsync(client, app.Code(1));
        var challengeToken = await client.ChallengeTokenAsync(client.Person);

        Assert.That(await right.OutcomeAsync(), Is.EqualTo("429 too_many_attempts"));
        Assert.That(
            await client.OutcomeOfVerifyAsync(challengeToken, app.Code(1)),
            Is.EqualTo("429 too_many_attempts")
        );
    }

    [Test]
    public async Task Checks_the_password_before_the_code()
    {
        var client = await Api.Shared.SignedInAsync();
        var (app, _) = await client.EnabledAsync(TimeProvider.System);

        using var wrong = await client.PostAsync(
            MfaCalls.Disable,
            new { password = "Wrong-Kettle-93-Umbrella", code = app.Code(1) }
        );
        using var right = await DisableAsync(client, app.Code(1));

        Assert.That(await wrong.OutcomeAsync(), Is.EqualTo("403 reauthentication_failed"));
        Assert.That(await right.OutcomeAsync(), Is.EqualTo("204"));
    }

    [Test]
    public async Task Reports_when_the_second_factor_is_already_off()
    {
        var client = await Api.Shared.SignedInAsync();
        using var response = await DisableAsync(client, "123456");
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("409 state_conflict"));
    }

    [TestCase("""{"password":""}""", "#/password required", "#/code required")]
    [TestCase("""{"password":"x","code":"1"}""", "#/code invalid_format")]
    [TestCase("""{"password":"x","code":"123456","recoveryCode":"k7m2p-x4d9q"}""", "#/recoveryCode not_allowed")]
    public async Task Refuses_an_invalid_body(string body, params string[] errors)
    {
        var client = await Api.Shared.SignedInAsync();
        using var response = await client.PostRawAsync(MfaCalls.Disable, body);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("400 validation_failed"));
        Assert.That(await response.ErrorsAsync(), Is.EqualTo(errors));
    }

    private static Task<HttpResponseMessage> DisableAsync(
        ApiClient client,
        string? code,
        string? recoveryCode = null
    ) =>
        client.PostAsync(
            MfaCalls.Disable,
            new
            {
                password = client.Person.Password,
                code,
                recoveryCode,
            }
        );
}

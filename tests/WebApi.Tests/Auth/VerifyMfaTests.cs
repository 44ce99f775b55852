using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Mfa;

namespace Fitnessify.WebApi.Tests.Auth;

public sealed class VerifyMfaTests
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(Totp.StepSeconds);

    private readonly ServerClock _clock = new();

    [Test]
    public async Task Signs_in_with_password_and_code_on_the_device_of_the_first_step()
    {
        await using var api = Api.Rent(_clock);
        var phone = await api.SignedInAsync();
        var (app, _) = await phone.EnabledAsync(_clock);
        _clock.Advance(Step);

        var tablet = api.Anonymous();
        using var requested = await tablet.LoginAsync(phone.Person.Username, device: "Tablet");
        var problem = await requested.JsonAsync();
        Assert.That(await requested.OutcomeAsync(), Is.EqualTo("401 mfa_required"));
        Assert.That(requested.Header("Cache-Control"), Is.EqualTo("no-store"));
        Assert.That(problem.Texts("methods"), Is.EqualTo((string[])["totp", "recoveryCode"]));
        using var response = await tablet.VerifyAsync(problem.Text("challengeToken"), app.Code());
        await tablet.KeepAsync(response);

        Assert.That(response.Header("Cache-Control"), Is.EqualTo("no-store"));
        Assert.That(await tablet.OutcomeOfAsync(ApiClient.Me), Is.EqualTo("200"));
        var sessions = (await tablet.ReadJsonAsync(ApiClient.Sessions)).Items();
        var own = sessions.Single(item => item.GetProperty("current").GetBoolean());
        Assert.That(own.Text("device"), Is.EqualTo("Tablet"));
        var newest = (await tablet.ReadJsonAsync(ApiClient.Events)).Items().Take(2);
        Assert.That(
            newest.Select(recorded =>
                (recorded.Text("type"), recorded.Text("device"), $"{recorded.GetProperty("method")}")
            ),
            Is.EquivalentTo([("signedIn", "Tablet", "totp"), ("mfaRequired", "Tablet", "")])
        );
    }

    [Test]
    public async Task Refuses_a_used_code_and_accepts_that_of_the_next_step()
    {
        await using var api = Api.Rent(_clock);
        var client = await api.SignedInAsync();
        var (app, _) = await client.EnabledAsync(_clock);
        var challengeToken = await client.ChallengeTokenAsync(client.Person);

        Assert.That(await client.OutcomeOfVerifyAsync(challengeToken, app.Code()), Is.EqualTo("401 mfa_code_invalid"));
        Assert.That(await client.OutcomeOfVerifyAsync(challengeToken, app.Code(1)), Is.EqualTo("200"));
        _clock.Advance(Step);
        var another = await client.ChallengeTokenAsync(client.Person);
        Assert.That(await client.OutcomeOfVerifyAsync(another, app.Code()), Is.EqualTo("401 mfa_code_invalid"));
        _clock.Advance(Step);
        Assert.That(await client.OutcomeOfVerifyAsync(another, app.Code()), Is.EqualTo("200"));
    }

    [Test]
    public async Task Accepts_each_recovery_code_once_and_offers_them_while_any_are_left()
    {
        await using var api = Api.Rent(_clock);
        var client = await api.SignedInAsync();
        var (app, codes) = await client.EnabledAsync(_clock);
        foreach (var code in codes)
        {
            var requested = await client.RequireMfaAsync(client.Person);
            Assert.That(requested.Texts("methods"), Is.EqualTo((string[])["totp", "recoveryCode"]));
            using var response = await client.VerifyAsync(requested.Text("challengeToken"), recoveryCode: code);
            await client.KeepAsync(response);
            var challengeToken = await client.ChallengeTokenAsync(client.Person);
            Assert.That(
                await client.OutcomeOfVerifyAsync(challengeToken, recoveryCode: code),
                Is.EqualTo("401 mfa_code_invalid")
            );
        }

        var last = await client.RequireMfaAsync(client.Person);
        var mfa = await client.ReadJsonAsync(MfaCalls.Mfa);
        var events = await client.ReadJsonAsync($"{ApiClient.Events}?limit=200");
        Assert.That(last.Texts("methods"), Is.EqualTo((string[])["totp"]));
        Assert.That(mfa.ToString(), Is.EqualTo("""{"enabled":true,"recoveryCodesLeft":0}"""));
        Assert.That(
            events.Items().Select(item => item.Text("type")),
            Has.Exactly(10).EqualTo("recoveryCodeUsed").And.Exactly(10).EqualTo("signInFailed")
        );
        Assert.That(await client.OutcomeOfVerifyAsync(last.Text("challengeToken"), app.Code(1)), Is.EqualTo("200"));
    }

    [Test]
    public async Task Keeps_the_challenge_token_after_a_wrong_code_and_accepts_it_with_a_correct_one()
    {
        await using var api = Api.Rent(_clock);
        var client = await api.SignedInAsync();
        var (app, codes) = await client.EnabledAsync(_clock);
        var challengeToken = await client.ChallengeTokenAsync(client.Person);

        Assert.That(
            await client.OutcomeOfVerifyAsync(challengeToken, app.WrongCode()),
            Is.EqualTo("401 mfa_code_invalid")
        );
        Assert.That(await client.OutcomeOfVerifyAsync(challengeToken, app.Code(1)), Is.EqualTo("200"));
        Assert.That(
            await client.OutcomeOfVerifyAsync(challengeToken, recoveryCode: codes[0]),
            Is.EqualTo("401 mfa_code_invalid")
        );
        var mfa = await client.ReadJsonAsync(MfaCalls.Mfa);
        Assert.That(mfa.GetProperty("recoveryCodesLeft").GetInt32(), Is.EqualTo(10), "Nothing was saved.");
        var events = (await client.ReadJsonAsync(ApiClient.Events)).Items().ToList();
        var failed = events.Where(item => item.Text("type") == "signInFailed").ToList();
        Assert.That(failed, Has.Count.EqualTo(2));
        Assert.That(failed.Select(item => item.Text("subjectId")), Is.All.EqualTo($"{await client.IdAsync()}"));
    }

    [TestCase("garbage")]
    [TestCase("expired")]
    [TestCase("used")]
    [TestCase("password changed")]
    [TestCase("password reset")]
    [TestCase("disabled meanwhile")]
    [TestCase("disabled")]
    [TestCase("factor off")]
    [TestCase("factor replaced")]
    [TestCase("factor reset")]
    [TestCase("account deleted")]
    public async Task Refuses_a_wrong_code_and_an_invalid_challenge_token_alike(string token)
    {
        await using var api = Api.Rent(_clock);
        var (client, admin) = (await api.ConfirmedAsync(), await api.SignedInAsAsync(Roles.Admin));
        var (app, codes) = await client.EnabledAsync(_clock);
        var id = await client.IdAsync();
        var challengeToken = await client.ChallengeTokenAsync(client.Person);
        using var wrong = await client.VerifyAsync(challengeToken, app.WrongCode());
        var code = codes[0];
        switch (token)
        {
            case "garbage":
                challengeToken = "garbage";
                break;
            case "expired":
                _clock.Advance(ChallengeToken.Lifetime);
                break;
            case "used":
                Assert.That(
                    await client.OutcomeOfVerifyAsync(challengeToken, recoveryCode: codes[1]),
                    Is.EqualTo("200")
                );
                break;
            case "password changed":
                using (
                    await client.PutAsync(
                        ApiClient.Password,
                        new { currentPassword = client.Person.Password, newPassword = AccountLinks.NewPassword }
                    )
                ) { }

                break;
            case "password reset":
                Assert.That(await api.ResetAsync(await api.ForgottenAsync(client.Person.Email)), Is.EqualTo("204"));
                break;
            case "disabled meanwhile":
                await admin.ActAsync("disable", id);
                await admin.ActAsync("enable", id);
                break;
            case "disabled":
                await admin.ActAsync("disable", id);
                break;
            case "factor off":
            case "factor replaced":
                using (
                    await client.PostAsync(
                        MfaCalls.Disable,
                        new { password = client.Person.Password, recoveryCode = codes[1] }
                    )
                ) { }

                code = token == "factor off" ? code : (await client.EnabledAsync(_clock)).RecoveryCodes[0];
                break;
            case "factor reset":
                Assert.That(await admin.ActAsync("reset-mfa", id), Is.EqualTo("204"));
                break;
            default:
                Assert.That(await admin.ActAsync("delete", id), Is.EqualTo("204"));
                break;
        }

        using var response = await client.VerifyAsync(challengeToken, recoveryCode: code);

        Assert.That(await response.OutcomeAsync(), Is.EqualTo("401 mfa_code_invalid"));
        Assert.That(await response.VisiblePartsAsync(), Is.EqualTo(await wrong.VisiblePartsAsync()));
    }

    [Test]
    public async Task Reports_a_disabled_account_before_asking_for_a_code()
    {
        var (client, admin) = (await Api.Shared.SignedInAsync(), await Api.Shared.SignedInAsAsync(Roles.Admin));
        await client.EnabledAsync(TimeProvider.System);
        await admin.ActAsync("disable", await client.IdAsync());

        using var response = await client.LoginAsync(client.Person.Username);

        Assert.That(await response.OutcomeAsync(), Is.EqualTo("403 account_disabled"));
    }

    [Test]
    public async Task Reveals_nothing_about_the_second_factor_after_a_wrong_password()
    {
        var client = await Api.Shared.SignedInAsync();
        await client.EnabledAsync(TimeProvider.System);

        using var response = await client.LoginAsync(client.Person.Username, "Wrong-Kettle-93-Umbrella");
        using var unknown = await client.LoginAsync("nobody");

        Assert.That(await response.VisiblePartsAsync(), Is.EqualTo(await unknown.VisiblePartsAsync()));
    }

    [Test]
    public async Task The_second_factor_is_required_after_a_password_reset_too()
    {
        await using var api = Api.Rent(_clock);
        var client = await api.ConfirmedAsync();
        var (app, _) = await client.EnabledAsync(_clock);

        Assert.That(await api.ResetAsync(await api.ForgottenAsync(client.Person.Email)), Is.EqualTo("204"));

        var challengeToken = await client.ChallengeTokenAsync(
            client.Person with
            {
                Password = AccountLinks.NewPassword,
            }
        );
        Assert.That(await client.OutcomeOfVerifyAsync(challengeToken, app.Code(1)), Is.EqualTo("200"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Succeeds_for_one_of_many_concurrent_uses_of_a_code(bool isRecoveryCode)
    {
        await using var api = Api.Start(new() { ["Accounts:FailedSignInLimit"] = "100" }, clock: _clock);
        var client = await api.SignedInAsync();
        var (app, codes) = await client.EnabledAsync(_clock);
        var challengeTokens = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => client.ChallengeTokenAsync(client.Person))
        );

        var outcomes = await Task.WhenAll(
            challengeTokens.Select(challengeToken =>
                client.OutcomeOfVerifyAsync(
                    challengeToken,
                    isRecoveryCode ? null : app.Code(1),
                    isRecoveryCode ? codes[0] : null
                )
            )
        );

        Assert.That(outcomes.Order(), Is.EqualTo((string[])["200", .. Enumerable.Repeat("401 mfa_code_invalid", 7)]));
    }

    [TestCase("""{}""", "#/challengeToken required", "#/code required")]
    [TestCase("""{"challengeToken":"x"}""", "#/code required")]
    [TestCase("""{"challengeToken":"x","code":"12 456"}""", "#/code invalid_format")]
    [TestCase("""{"challengeToken":"x","code":"123456","recoveryCode":"k7m2p-x4d9q"}""", "#/recoveryCode not_allowed")]
    [TestCase("""{"challengeToken":"x","recoveryCode":"a\u0007"}""", "#/recoveryCode invalid_format")]
    public async Task Refuses_an_invalid_body(string body, params string[] errors)
    {
        using var response = await Api.Shared.Anonymous().PostRawAsync(MfaCalls.Verify, body);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("400 validation_failed"));
        Assert.That(await response.ErrorsAsync(), Is.EqualTo(errors));
    }
}

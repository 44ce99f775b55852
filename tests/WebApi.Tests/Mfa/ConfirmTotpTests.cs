namespace Fitnessify.WebApi.Tests.Mfa;

public sealed class ConfirmTotpTests
{
    [Test]
    public async Task Turns_the_factor_on_returns_ten_codes_once_and_notifies_the_user()
    {
        var client = await Api.Shared.ConfirmedAsync();
        var app = await client.EnrolledAsync(TimeProvider.System);

        using var response = await client.PostAsync(MfaCalls.Confirm, new { code = $" {app.Code()} " });

        Assert.That(await response.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That(response.Header("Cache-Control"), Is.EqualTo("no-store"));
        var codes = (await response.JsonAsync()).Texts("recoveryCodes").ToList();
        Assert.That(codes, Has.Count.EqualTo(10).And.Unique.And.All.Match("^[0-9a-z]{5}-[0-9a-z]{5}$"));
        var mfa = await client.ReadJsonAsync(MfaCalls.Mfa);
        Assert.That(mfa.ToString(), Is.EqualTo("""{"enabled":true,"recoveryCodesLeft":10}"""));
        var events = await client.ReadJsonAsync(ApiClient.Events);
        Assert.That(events.Items().Select(item => item.Text("type")), Has.One.EqualTo("mfaEnabled"));
        var mails = await Api.Shared.MailsToAsync(client.Person.Email);
        Assert.That(mails.Select(mail => mail.Subject), Has.One.EqualTo("Your account has a second factor"));
    }

    [Test]
    public async Task Keeps_all_sessions()
    {
        var phone = await Api.Shared.SignedInAsync();
        var tablet = await Api.Shared.SignedInAsync(phone.Person);

        await phone.EnabledAsync(TimeProvider.System);

        Assert.That(await phone.OutcomeOfAsync(ApiClient.Me), Is.EqualTo("200"));
        Assert.That(await tablet.OutcomeOfAsync(ApiClient.Me), Is.EqualTo("200"));
    }

    [Test]
    public async Task Refuses_a_wrong_code_and_one_without_a_pending_setup_alike()
    {
        var (waiting, other) = (await Api.Shared.SignedInAsync(), await Api.Shared.SignedInAsync());
        var app = await waiting.EnrolledAsync(TimeProvider.System);

        using var wrong = await waiting.PostAsync(MfaCalls.Confirm, new { code = app.WrongCode() });
        using var nothing = await other.PostAsync(MfaCalls.Confirm, new { code = "123456" });

        Assert.That(await wrong.OutcomeAsync(), Is.EqualTo("401 mfa_code_invalid"));
        Assert.That(wrong.Header("WWW-Authenticate"), Is.Null, "The access token is valid.");
        Assert.That(await nothing.VisiblePartsAsync(), Is.EqualTo(await wrong.VisiblePartsAsync()));
        var newest = (await waiting.ReadJsonAsync(ApiClient.Events)).Items().First();
        Assert.That((newest.Text("type"), newest.Text("outcome")), Is.EqualTo(("mfaEnabled", "failed")));
    }

    [Test]
    public async Task Refuses_the_eleventh_wrong_code()
    {
        var client = await Api.Shared.SignedInAsync();
        var app = await client.EnrolledAsync(TimeProvider.System);
        for (var i = 0; i < 10; i++)
        {
            using var wrong = await client.PostAsync(MfaCalls.Confirm, new { code = app.WrongCode() });
            Assert.That(await wrong.OutcomeAsync(), Is.EqualTo("401 mfa_code_invalid"));
        }

        using var right = await client.PostAsync(MfaCalls.Confirm, new { code = app.Code() });

        Assert.That(await right.OutcomeAsync(), Is.EqualTo("429 too_many_attempts"));
        Assert.That(right.Header("Retry-After"), Is.Not.Null);
    }

    [TestCase("""{}""", "#/code required")]
    [TestCase("""{"code":"12345"}""", "#/code invalid_format")]
    [TestCase("""{"code":123456}""", "#/code invalid_type")]
    public async Task Refuses_an_invalid_body(string body, string error)
    {
        var client = await Api.Shared.SignedInAsync();
        using var response = await client.PostRawAsync(MfaCalls.Confirm, body);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("400 validation_failed"));
        Assert.That(await response.ErrorsAsync(), Is.EqualTo((string[])[error]));
    }
}

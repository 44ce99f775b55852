namespace Fitnessify.WebApi.Tests.Auth;

public sealed class ResetPasswordTests
{
    private const string Wrong = "Wrong-Kettle-93-Umbrella";

    private readonly ServerClock _clock = new();

    [Test]
    public async Task Sets_the_password_ends_all_sessions_at_once_and_notifies_by_mail()
    {
        await using var api = Api.Rent(_clock);
        var phone = await api.ConfirmedAsync();
        var tablet = await api.SignedInAsync(phone.Person);
        var stranger = await api.SignedInAsync();
        var link = await api.ForgottenAsync(phone.Person.Email);
        Assert.That(await phone.OutcomeOfAsync(ApiClient.Me), Is.EqualTo("200"));

        using var response = await api.PostResetAsync(link);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("204"));
        Assert.That(response.Header("Cache-Control"), Is.EqualTo("no-store"));
        foreach (var device in (ApiClient[])[phone, tablet])
        {
            using var refresh = await device.RefreshAsync();
            Assert.That(await device.OutcomeOfAsync(ApiClient.Me), Is.EqualTo("401 session_revoked"));
            Assert.That(await refresh.OutcomeAsync(), Is.EqualTo("401 refresh_token_invalid"));
        }

        using var withOld = await phone.LoginAsync(phone.Person.Email);
        await phone.SignInAsync(phone.Person with { Password = AccountLinks.NewPassword });
        var events = await phone.ReadJsonAsync(ApiClient.Events);
        var mails = await api.MailsToAsync(phone.Person.Email);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await withOld.OutcomeAsync(), Is.EqualTo("401 invalid_credentials"));
            Assert.That(await stranger.OutcomeOfAsync(ApiClient.Me), Is.EqualTo("200"));
            Assert.That(events.Items().Select(each => each.Text("type")), Has.One.EqualTo("passwordReset"));
            Assert.That(mails.Select(mail => mail.Subject), Has.One.EqualTo("Your password was reset"));
        });
    }

    [Test]
    public async Task Clears_the_failed_sign_ins_by_username_and_address()
    {
        await using var api = Api.Start(new() { ["Accounts:FailedSignInLimit"] = "2" }, clock: _clock);
        var person = await api.Anonymous().RegisteredAsync();
        string[] logins = [person.Username, person.Email];
        foreach (var login in logins)
        {
            using var first = await api.Anonymous().LoginAsync(login, Wrong);
            using var second = await api.Anonymous().LoginAsync(login, Wrong);
            using var refused = await api.Anonymous().LoginAsync(login);
            Assert.That(await refused.OutcomeAsync(), Is.EqualTo("429 too_many_attempts"));
        }

        Assert.That(await api.ResetAsync(await api.ForgottenAsync(person.Email)), Is.EqualTo("204"));
        foreach (var login in logins)
        {
            using var response = await api.Anonymous().LoginAsync(login, AccountLinks.NewPassword);
            Assert.That(await response.OutcomeAsync(), Is.EqualTo("200"), login);
        }
    }

    [Test]
    public async Task Confirms_the_address()
    {
        await using var api = Api.Start(new() { ["Accounts:RequireConfirmedEmail"] = "true" }, clock: _clock);
        var person = await api.Anonymous().RegisteredAsync();
        Assert.That(await api.ResetAsync(await api.ForgottenAsync(person.Email)), Is.EqualTo("204"));
        using var login = await api.Anonymous().LoginAsync(person.Username, AccountLinks.NewPassword);
        Assert.That(await login.OutcomeAsync(), Is.EqualTo("200"));
    }

    [TestCase("used")]
    [TestCase("expired")]
    [TestCase("older")]
    [TestCase("foreign address")]
    [TestCase("other purpose")]
    [TestCase("address changed since")]
    [TestCase("garbage")]
    public async Task Refuses_every_invalid_token_alike(string token)
    {
        await using var api = Api.Rent(_clock);
        var client = await api.SignedInAsync();
        var confirmation = (await api.LinksToAsync(client.Person.Email, Link.ConfirmEmail)).Single();
        var link = await api.ForgottenAsync(client.Person.Email);
        var (email, spoilt) = (client.Person.Email, link.Token);
        switch (token)
        {
            case "used":
                Assert.That(await api.ResetAsync(link), Is.EqualTo("204"));
                break;
            case "expired":
                _clock.Advance(TimeSpan.FromMinutes(60));
                break;
            case "older":
                _clock.Advance(TimeSpan.FromMinutes(10));
                await api.ForgottenAsync(email);
                break;
            case "foreign address":
                email = (await api.Anonymous().RegisteredAsync()).Email;
                break;
            case "other purpose":
                spoilt = confirmation.Token;
                break;
            case "address changed since":
                await ChangeAddressAsync(api, client);
                break;
            default:
                spoilt = "garbage";
                break;
        }

        using var response = await PostAsync(api, email, spoilt);
        using var garbage = await PostAsync(api, "nobody@example.test", "x");
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("422 token_invalid_or_expired"));
        Assert.That(await response.VisiblePartsAsync(), Is.EqualTo(await garbage.VisiblePartsAsync()));
    }

    [Test]
    public async Task Accepts_a_token_for_60_minutes_and_the_address_in_any_case()
    {
        await using var api = Api.Rent(_clock);
        var person = await api.Anonymous().RegisteredAsync();
        var link = await api.ForgottenAsync(person.Email.ToUpperInvariant(), person.Email);
        _clock.Advance(TimeSpan.FromMinutes(60) - TimeSpan.FromMilliseconds(1));
        using var response = await PostAsync(api, $" {person.Email.ToUpperInvariant()}", link.Token);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("204"));
    }

    [Test]
    public async Task Keeps_the_token_valid_when_the_password_is_rejected()
    {
        await using var api = Api.Rent(_clock);
        var client = await api.SignedInAsync();
        var link = await api.ForgottenAsync(client.Person.Email);
        (string Password, string Reasons)[] rejected =
        [
            ("password1234", "too_weak"),
            ("kV9#tq2!Zr7", "too_short"),
            ($"kV9#tq2!Zr7x-{client.Person.Username}", "contains_identity"),
        ];
        foreach (var (password, reasons) in rejected)
        {
            using var response = await api.PostResetAsync(link, password);
            Assert.That(await response.OutcomeAsync(), Is.EqualTo("422 password_rejected"));
            Assert.That(await response.ReasonsAsync(), Is.EqualTo(reasons));
        }

        Assert.That(await client.OutcomeOfAsync(ApiClient.Me), Is.EqualTo("200"));
        Assert.That(await api.ResetAsync(link), Is.EqualTo("204"));
    }

    [Test]
    public async Task Succeeds_for_one_of_many_concurrent_uses_of_a_token()
    {
        await using var api = Api.Rent(_clock);
        var person = await api.Anonymous().RegisteredAsync();
        var link = await api.ForgottenAsync(person.Email);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => api.ResetAsync(link)));
        Assert.That(
            outcomes.Order(),
            Is.EqualTo((string[])["204", .. Enumerable.Repeat("422 token_invalid_or_expired", 7)])
        );
    }

    [TestCase("""{}""", "#/email required", "#/token required", "#/newPassword required")]
    [TestCase("""{"email":"a@example.test","token":"x","newPassword":"a\u0007"}""", "#/newPassword invalid_format")]
    [TestCase("""{"email":"a","token":"x","newPassword":"a"}""", "#/email invalid_format")]
    public async Task Refuses_an_invalid_body(string body, params string[] errors)
    {
        using var response = await Api.Shared.Anonymous().PostRawAsync(AccountLinks.Reset, body);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("400 validation_failed"));
        Assert.That(await response.ErrorsAsync(), Is.EqualTo(errors));
    }

    private static async Task ChangeAddressAsync(Api api, ApiClient client)
    {
        var newEmail = Person.Random().Email;
        using var requested = await client.PutAsync(
            AccountLinks.Email,
            new { newEmail, password = client.Person.Password }
        );
        var confirmation = (await api.LinksToAsync(newEmail, Link.ConfirmEmail)).Single();
        Assert.That(await api.ConfirmAsync(confirmation), Is.EqualTo("204"));
    }

    private static Task<HttpResponseMessage> PostAsync(Api api, string email, string token) =>
        api.Anonymous()
            .PostAsync(
                AccountLinks.Reset,
                new
                {
                    email,
                    token,
                    newPassword = AccountLinks.NewPassword,
                }
            );
}

using Fitnessify.WebApi.Tests.Auth;

namespace Fitnessify.WebApi.Tests.Accounts;

public sealed class ChangeEmailTests
{
    private readonly ServerClock _clock = new();

    [Test]
    public async Task Takes_effect_when_the_new_address_is_confirmed_and_notifies_the_old_one()
    {
        await using var api = Api.Rent(_clock);
        var client = await api.ConfirmedAsync();
        var (oldEmail, newEmail) = (client.Person.Email, Person.Random().Email);
        using var requested = await ChangeAsync(client, $" {newEmail} ");
        var link = (await api.LinksToAsync(newEmail, Link.ConfirmEmail)).Single();
        var beforeConfirmation = await EmailAsync(client);
        Assert.That(await requested.OutcomeAsync(), Is.EqualTo("202"));
        Assert.That(requested.Header("Cache-Control"), Is.EqualTo("no-store"));
        Assert.That(await api.ConfirmAsync(link), Is.EqualTo("204"));

        using var withOld = await client.LoginAsync(oldEmail);
        using var withNew = await client.LoginAsync(newEmail);
        var events = await client.ReadJsonAsync(ApiClient.Events);
        var subjects = (await api.MailsToAsync(oldEmail)).Select(mail => mail.Subject).ToList();
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(beforeConfirmation, Is.EqualTo((oldEmail, true)));
            Assert.That(await EmailAsync(client), Is.EqualTo((newEmail, true)));
            Assert.That(await withOld.OutcomeAsync(), Is.EqualTo("401 invalid_credentials"));
            Assert.That(await withNew.OutcomeAsync(), Is.EqualTo("200"));
            Assert.That(
                events.Items().Select(each => each.Text("type")),
                Is.SupersetOf((string[])["emailChangeRequested", "emailChanged"])
            );
            Assert.That(subjects, Has.One.EqualTo("Another e-mail address for your account"));
            Assert.That(subjects, Has.One.EqualTo("Your e-mail address was changed"));
        });
    }

    [Test]
    public async Task Keeps_only_the_last_requested_address()
    {
        await using var api = Api.Rent(_clock);
        var client = await api.ConfirmedAsync();
        var (first, second) = (Person.Random().Email, Person.Random().Email);
        using var requested = await ChangeAsync(client, first);
        var firstLink = (await api.LinksToAsync(first, Link.ConfirmEmail)).Single();
        using var requestedAgain = await ChangeAsync(client, second);
        var secondLink = (await api.LinksToAsync(second, Link.ConfirmEmail)).Single();
        Assert.That(await api.ConfirmAsync(firstLink), Is.EqualTo("422 token_invalid_or_expired"));
        Assert.That(await api.ConfirmAsync(secondLink), Is.EqualTo("204"));
        Assert.That(await EmailAsync(client), Is.EqualTo((second, true)));
    }

    [Test]
    public async Task Refuses_the_address_of_another_account()
    {
        var client = await Api.Shared.SignedInAsync();
        var other = await client.RegisteredAsync();
        using var response = await ChangeAsync(client, other.Email.ToUpperInvariant());
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("409 email_taken"));
    }

    [Test]
    public async Task Refuses_an_address_that_was_taken_before_it_was_confirmed()
    {
        await using var api = Api.Rent(_clock);
        var client = await api.ConfirmedAsync();
        var newEmail = Person.Random().Email;
        using var requested = await ChangeAsync(client, newEmail);
        var link = (await api.LinksToAsync(newEmail, Link.ConfirmEmail)).Single();
        using var registered = await api.Anonymous().RegisterAsync(Person.Random() with { Email = newEmail });
        Assert.That(await registered.OutcomeAsync(), Is.EqualTo("201"));
        Assert.That(await api.ConfirmAsync(link), Is.EqualTo("409 email_taken"));
        Assert.That(await EmailAsync(client), Is.EqualTo((client.Person.Email, true)));
    }

    [Test]
    public async Task Reveals_nothing_about_another_account_where_registration_is_private()
    {
        await using var api = Api.Start(new() { ["Accounts:RegistrationPrivacy"] = "Private" }, clock: _clock);
        var (one, other) = (await PrivateAsync(api), await PrivateAsync(api));
        using var known = await ChangeAsync(one, other.Person.Email);
        var subjects = (await api.MailsToAsync(other.Person.Email)).Select(mail => mail.Subject).ToList();
        using var unknown = await ChangeAsync(one, Person.Random().Email);
        Assert.That(await known.OutcomeAsync(), Is.EqualTo("202"));
        Assert.That(
            await AcceptedAnswers.VisiblePartsAsync(known),
            Is.EqualTo(await AcceptedAnswers.VisiblePartsAsync(unknown))
        );
        Assert.That(subjects, Has.One.EqualTo("You already have an account"));
        Assert.That(subjects, Has.One.EqualTo("Confirm your e-mail address"));
    }

    /// <summary>Otherwise somebody who requested the change in a stolen session would get access again.</summary>
    [Test]
    public async Task A_pending_change_is_cancelled_when_the_password_changes([Values] bool isForgotten)
    {
        await using var api = Api.Rent(_clock);
        var client = await api.ConfirmedAsync();
        var newEmail = Person.Random().Email;
        using var requested = await ChangeAsync(client, newEmail);
        var link = (await api.LinksToAsync(newEmail, Link.ConfirmEmail)).Single();
        if (isForgotten)
        {
            Assert.That(await api.ResetAsync(await api.ForgottenAsync(client.Person.Email)), Is.EqualTo("204"));
        }
        else
        {
            using var changed = await client.PutAsync(
                ApiClient.Password,
                new { currentPassword = Person.GoodPassword, newPassword = AccountLinks.NewPassword }
            );
            Assert.That(await changed.OutcomeAsync(), Is.EqualTo("204"));
        }

        Assert.That(await api.ConfirmAsync(link), Is.EqualTo("422 token_invalid_or_expired"));
        await client.SignInAsync(client.Person with { Password = AccountLinks.NewPassword });
        Assert.That(await EmailAsync(client), Is.EqualTo((client.Person.Email, true)));
    }

    [Test]
    public async Task Requires_the_password()
    {
        var client = await Api.Shared.SignedInAsync();
        using var response = await ChangeAsync(client, Person.Random().Email, "Wrong-Kettle-93-Umbrella");
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("403 reauthentication_failed"));
    }

    [TestCase("""{}""", "#/newEmail required")]
    [TestCase("""{"newEmail":"plain","password":"x"}""", "#/newEmail invalid_format")]
    [TestCase("""{"newEmail":1,"password":"x"}""", "#/newEmail invalid_type")]
    public async Task Refuses_an_invalid_body(string body, params string[] errors)
    {
        var client = await Api.Shared.SignedInAsync();
        using var response = await client.SendRawAsync(
            "PUT",
            AccountLinks.Email,
            System.Text.Encoding.UTF8.GetBytes(body),
            "application/json"
        );
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("400 validation_failed"));
        Assert.That(await response.ErrorsAsync(), Is.EqualTo(errors));
    }

    private static Task<HttpResponseMessage> ChangeAsync(
        ApiClient client,
        string newEmail,
        string password = Person.GoodPassword
    ) => client.PutAsync(AccountLinks.Email, new { newEmail, password });

    private static async Task<ApiClient> PrivateAsync(Api api)
    {
        var person = Person.Random();
        using var registered = await api.Anonymous().RegisterAsync(person);
        var link = (await api.LinksToAsync(person.Email, Link.ConfirmEmail)).Single();
        Assert.That(await api.ConfirmAsync(link), Is.EqualTo("204"));
        return await api.SignedInAsync(person);
    }

    private static async Task<(string Email, bool IsConfirmed)> EmailAsync(ApiClient client)
    {
        var me = await client.ReadJsonAsync(ApiClient.Me);
        return (me.Text("email"), me.GetProperty("emailConfirmed").GetBoolean());
    }
}

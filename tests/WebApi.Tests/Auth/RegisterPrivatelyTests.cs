using Fitnessify.Domain.Accounts;

namespace Fitnessify.WebApi.Tests.Auth;

/// <summary>These tests cover <see cref="RegisterUserTests"/> where the response does not reveal whether an address is known.</summary>
public sealed class RegisterPrivatelyTests
{
    private readonly ServerClock _clock = new();

    [Test]
    public async Task Responds_to_a_known_and_an_unknown_address_alike_and_explains_by_mail()
    {
        await using var api = Start();
        var owner = await ConfirmedAsync(api);
        var before = await api.MailsToAsync(owner.Email);
        var (newcomer, claimant) = (Person.Random(), Person.Random() with { Email = owner.Email });
        using var unknown = await api.Anonymous().RegisterAsync(newcomer);
        using var known = await api.Anonymous().RegisterAsync(claimant);
        var toNewcomer = await api.MailsToAsync(newcomer.Email);
        var toOwner = (await api.MailsToAsync(owner.Email)).Except(before);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That((int)unknown.StatusCode, Is.EqualTo(202));
            Assert.That(
                await unknown.Content.ReadAsStringAsync(),
                Is.EqualTo("""{"status":"pending","detail":"A mail to this address tells how to go on."}""")
            );
            Assert.That(
                await AcceptedAnswers.VisiblePartsAsync(known),
                Is.EqualTo(await AcceptedAnswers.VisiblePartsAsync(unknown))
            );
            Assert.That(toNewcomer.Single().Link!.Page, Is.EqualTo(Link.ConfirmEmail));
            Assert.That(toOwner.Single().Subject, Is.EqualTo("You already have an account"));
            Assert.That(toOwner.Single().Text, Does.Contain(owner.Username).And.Not.Contain(claimant.Username));
            Assert.That(toOwner.Single().Link, Is.Null);
        });
    }

    [Test]
    public async Task Reserves_the_username_whether_or_not_the_address_is_known()
    {
        await using var api = Start();
        var owner = await ConfirmedAsync(api);
        string[] addresses = [owner.Email, Person.Random().Email];
        foreach (var address in addresses)
        {
            var person = Person.Random() with { Email = address };
            using var first = await api.Anonymous().RegisterAsync(person);
            using var second = await api.Anonymous()
                .RegisterAsync(
                    Person.Random() with
                    {
                        Username = person.Username,
                        Password = AccountLinks.NewPassword,
                    }
                );
            Assert.That(await second.OutcomeAsync(), Is.EqualTo("409 username_taken"));
        }
    }

    [Test]
    public async Task No_user_can_sign_in_before_the_address_is_confirmed()
    {
        await using var api = Start();
        var person = Person.Random();
        using var registered = await api.Anonymous().RegisterAsync(person);
        using var before = await api.Anonymous().LoginAsync(person.Username);
        var link = (await api.LinksToAsync(person.Email, Link.ConfirmEmail)).Single();
        Assert.That(await before.OutcomeAsync(), Is.EqualTo("403 email_not_confirmed"));
        Assert.That(await api.ConfirmAsync(link), Is.EqualTo("204"));
        using var byName = await api.Anonymous().LoginAsync(person.Username);
        using var byAddress = await api.Anonymous().LoginAsync(person.Email);
        Assert.That(await byName.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That(await byAddress.OutcomeAsync(), Is.EqualTo("200"));
    }

    [Test]
    public async Task Mails_the_link_again_on_request()
    {
        await using var api = Start();
        var person = Person.Random();
        using var registered = await api.Anonymous().RegisterAsync(person);
        var first = (await api.LinksToAsync(person.Email, Link.ConfirmEmail)).Single();
        _clock.Advance(TimeSpan.FromMinutes(10));
        using var resent = await api.Anonymous().PostAsync(AccountLinks.Resend, new { email = person.Email });
        var second = (await api.LinksToAsync(person.Email, Link.ConfirmEmail)).Except([first]).Single();
        Assert.That(await api.ConfirmAsync(first), Is.EqualTo("422 token_invalid_or_expired"));
        Assert.That(await api.ConfirmAsync(second), Is.EqualTo("204"));
    }

    [Test]
    public async Task The_pending_address_works_like_the_username()
    {
        await using var api = Start();
        var person = Person.Random();
        using var registered = await api.Anonymous().RegisterAsync(person);
        using var right = await api.Anonymous().LoginAsync(person.Email.ToUpperInvariant());
        using var wrong = await api.Anonymous().LoginAsync(person.Email, "Wrong-Kettle-93-Umbrella");
        Assert.That(await right.OutcomeAsync(), Is.EqualTo("403 email_not_confirmed"));
        Assert.That(await wrong.OutcomeAsync(), Is.EqualTo("401 invalid_credentials"));

        var reset = await api.ForgottenAsync(person.Email);
        Assert.That(await api.ResetAsync(reset), Is.EqualTo("204"));
        using var afterwards = await api.Anonymous().LoginAsync(person.Email, AccountLinks.NewPassword);
        Assert.That(
            await afterwards.OutcomeAsync(),
            Is.EqualTo("200"),
            "Opening the mailed link confirms the address."
        );
    }

    [Test]
    public async Task Admins_find_the_pending_address_and_the_account_works_after_privacy_is_turned_off()
    {
        await using var api = Start();
        var person = Person.Random();
        using var registered = await api.Anonymous().RegisterAsync(person);
        // Each server over the database sends mails, so the mail is read before the second one starts.
        var link = (await api.LinksToAsync(person.Email, Link.ConfirmEmail)).Single();
        await using var open = Api.Start(
            new() { ["ConnectionStrings:Fitnessify"] = api.ConnectionString },
            clock: _clock
        );
        var admin = await open.SignedInAsAsync(Roles.Admin);

        var found = (await admin.ReadJsonAsync($"{AdminCalls.Users}?q={person.Email}")).Items().Single();
        Assert.That((found.Text("username"), found.Text("email")), Is.EqualTo((person.Username, person.Email)));
        var client = await open.SignedInAsync(person with { Username = person.Email });
        var me = await client.ReadJsonAsync(ApiClient.Me);
        Assert.That(
            (me.Text("email"), me.GetProperty("emailConfirmed").GetBoolean()),
            Is.EqualTo((person.Email, false))
        );
        Assert.That(await open.ConfirmAsync(link), Is.EqualTo("204"));
    }

    /// <summary>Whoever confirms first gets the address; the others learn that by mail if they read the mails to it.</summary>
    [Test]
    public async Task An_address_claimed_by_two_accounts_goes_to_the_one_that_confirms_it()
    {
        await using var api = Start();
        var first = Person.Random();
        var second = Person.Random() with { Email = first.Email };
        using var registered = await api.Anonymous().RegisterAsync(first);
        using var registeredAgain = await api.Anonymous().RegisterAsync(second);
        var links = await api.LinksToAsync(first.Email, Link.ConfirmEmail);
        Assert.That(links, Has.Exactly(2).Items);
        Assert.That(await api.ConfirmAsync(links[0]), Is.EqualTo("204"));
        Assert.That(await api.ConfirmAsync(links[1]), Is.EqualTo("409 email_taken"));
    }

    private Api Start() => Api.Start(new() { ["Accounts:RegistrationPrivacy"] = "Private" }, clock: _clock);

    private static async Task<Person> ConfirmedAsync(Api api)
    {
        var person = Person.Random();
        using var registered = await api.Anonymous().RegisterAsync(person);
        var link = (await api.LinksToAsync(person.Email, Link.ConfirmEmail)).Single();
        Assert.That(await api.ConfirmAsync(link), Is.EqualTo("204"));
        return person;
    }
}

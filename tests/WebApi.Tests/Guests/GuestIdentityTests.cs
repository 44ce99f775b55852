namespace Fitnessify.WebApi.Tests.Guests;

/// <summary>A guest becomes a member with an identity at a provider.</summary>
public sealed class GuestIdentityTests
{
    private readonly string _subject = IdentityCalls.NewSubject();
    private readonly string _username = Person.Random().Username;

    private string Email => $"{_subject}@example.test";

    [Test]
    public async Task A_guest_registers_with_an_identity_and_keeps_everything()
    {
        var guest = await Api.Shared.GuestAsync(locale: "de", timeZone: "Europe/Berlin");
        var (id, task) = (await guest.IdAsync(), await guest.CreatedAsync("""{"title":"Swim"}"""));
        var (_, since) = await guest.ChangesAsync();

        using var response = await LinkAsync(guest, Api.Google.Proof(_subject, Email, name: "Zoë Müller"), _username);

        Assert.That(await response.OutcomeAsync(), Is.EqualTo("201"));
        var identity = await response.JsonAsync();
        var me = await guest.ReadAsync(ApiClient.Me);
        Assert.Multiple(() =>
        {
            Assert.That((identity.Text("provider"), identity.Text("email")), Is.EqualTo(("google", Email)));
            Assert.That(me.GetProperty("id").GetGuid(), Is.EqualTo(id));
            Assert.That(me.Text("kind"), Is.EqualTo("member"));
            Assert.That(me.Text("username"), Is.EqualTo(_username));
            Assert.That(me.Text("email"), Is.EqualTo(Email), "The issuer has verified the address.");
            Assert.That(me.GetProperty("emailConfirmed").GetBoolean(), Is.True);
            Assert.That(me.Text("displayName"), Is.EqualTo("Zoë Müller"));
            Assert.That((me.Text("locale"), me.Text("timeZone")), Is.EqualTo(("de", "Europe/Berlin")));
            Assert.That(me.Texts("signInMethods"), Is.EqualTo(["google"]));
        });
        Assert.That((await guest.ReadAsync(task.Path())).ToString(), Is.EqualTo(task.ToString()));
        Assert.That((await guest.ChangesAsync(since)).Items, Is.Empty);
        var tablet = Api.Shared.Anonymous();
        using var signedIn = await tablet.LoginIdentityAsync(Api.Google.Proof(_subject, Email));
        await tablet.KeepAsync(signedIn);
        Assert.That((int)signedIn.StatusCode, Is.EqualTo(200));
        Assert.That(await tablet.TitlesAsync(), Is.EqualTo("Swim"));
        var events = await guest.ReadAsync(ApiClient.Events);
        Assert.That(events.Items().Select(each => each.Text("type")), Does.Contain("registered"));
    }

    [Test]
    public async Task Without_a_username_one_is_made_from_the_name()
    {
        // The plain name is another's.
        var name = $"zoe.{_subject}"[..20];
        using var taken = await Api.Shared.Anonymous().RegisterAsync(Person.Random() with { Username = name });
        Assert.That(await taken.OutcomeAsync(), Is.EqualTo("201"));
        var guest = await Api.Shared.GuestAsync();
        var task = await guest.CreatedAsync();

        using var response = await LinkAsync(guest, Api.Google.Proof(_subject, name: name.Replace('.', ' ')));

        Assert.That(await response.OutcomeAsync(), Is.EqualTo("201"));
        var me = await guest.ReadAsync(ApiClient.Me);
        Assert.That(me.Text("username"), Does.Match($"^{name}-[0-9]{{6}}$"));
        Assert.That(me.Text("email"), Is.Null);
        Assert.That(me.GetProperty("emailConfirmed").GetBoolean(), Is.False);
        Assert.That((await guest.ReadAsync(task.Path())).ToString(), Is.EqualTo(task.ToString()));
        Assert.That(await guest.ListIdentitiesAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task The_display_name_of_the_guest_stays_and_makes_the_username()
    {
        var (guest, name) = (await Api.Shared.GuestAsync(), $"ann{_subject}"[..20]);
        using var named = await guest.PatchAsync(ApiClient.Me, new { displayName = name });

        using var response = await LinkAsync(guest, Api.Google.Proof(_subject, name: "Zoë"));

        var me = await guest.ReadAsync(ApiClient.Me);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("201"));
        Assert.That((me.Text("displayName"), me.Text("username")), Is.EqualTo((name, name)));
    }

    [Test]
    public async Task An_unverified_address_is_not_taken_over()
    {
        var guest = await Api.Shared.GuestAsync();

        using var response = await LinkAsync(guest, Api.Google.Proof(_subject, Email, emailVerified: false), _username);

        Assert.That(await response.OutcomeAsync(), Is.EqualTo("201"));
        Assert.That((await guest.ReadAsync(ApiClient.Me)).Text("email"), Is.Null);
    }

    [TestCase("email_taken")]
    [TestCase("identity_taken")]
    [TestCase("username_taken")]
    public async Task What_belongs_to_another_leaves_the_guest_as_before(string code)
    {
        var owner = await Api.Shared.SignedInAsync();
        if (code == "identity_taken")
        {
            using var linked = await owner.LinkAsync(Api.Google.Proof(_subject));
            Assert.That(await linked.OutcomeAsync(), Is.EqualTo("201"));
        }

        var guest = await Api.Shared.GuestAsync();
        await guest.CreatedAsync("""{"title":"Swim"}""");
        var before = await guest.ReadAsync(ApiClient.Me);
        var email = code == "email_taken" ? owner.Person.Email : Email;
        var username = code == "username_taken" ? owner.Person.Username : _username;

        using var response = await LinkAsync(guest, Api.Google.Proof(_subject, email), username);

        Assert.That(await response.OutcomeAsync(), Is.EqualTo($"409 {code}"));
        Assert.That((await guest.ReadAsync(ApiClient.Me)).ToString(), Is.EqualTo(before.ToString()));
        Assert.That(await guest.ListIdentitiesAsync(), Is.Empty);
        using var registered = await guest.RegisterGuestAsync(Person.Random());
        Assert.That(await registered.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That(await guest.TitlesAsync(), Is.EqualTo("Swim"));
    }

    [Test]
    public async Task A_token_that_was_refused_for_a_taken_username_can_be_sent_with_another()
    {
        var owner = await Api.Shared.SignedInAsync();
        var guest = await Api.Shared.GuestAsync();
        var proof = Api.Google.Proof(_subject, Email);

        using var refused = await LinkAsync(guest, proof, owner.Person.Username);
        using var linked = await LinkAsync(guest, proof, _username);

        Assert.That(await refused.OutcomeAsync(), Is.EqualTo("409 username_taken"));
        Assert.That(await linked.OutcomeAsync(), Is.EqualTo("201"));
        Assert.That((await guest.ReadAsync(ApiClient.Me)).Text("username"), Is.EqualTo(_username));
    }

    [Test]
    public async Task A_guest_who_was_refused_a_sign_in_does_not_link_with_its_token_to_the_address_of_another()
    {
        var owner = await Api.Shared.SignedInAsync();
        var guest = await Api.Shared.GuestAsync();
        using var refused = await guest.LoginIdentityAsync(Api.Google.Proof(_subject, owner.Person.Email));
        var linkToken = (await refused.JsonAsync()).Text("linkToken");

        using var response = await guest.PostAsync(IdentityCalls.Identities, new { linkToken, username = _username });

        Assert.That(await refused.OutcomeAsync(), Is.EqualTo("409 identity_not_linked"));
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("422 token_invalid_or_expired"));
        Assert.That((await guest.ReadAsync(ApiClient.Me)).Text("kind"), Is.EqualTo("guest"));
    }

    [Test]
    public async Task A_member_chooses_no_username_with_an_identity()
    {
        var member = await Api.Shared.SignedInAsync();
        var proof = Api.Google.Proof(_subject);

        using var refused = await LinkAsync(member, proof, _username, member.Person.Password);
        using var linked = await LinkAsync(member, proof, password: member.Person.Password);

        Assert.That(await refused.OutcomeAsync(), Is.EqualTo("409 state_conflict"));
        Assert.That(await linked.OutcomeAsync(), Is.EqualTo("201"));
        Assert.That((await member.ReadAsync(ApiClient.Me)).Text("username"), Is.EqualTo(member.Person.Username));
    }

    [Test]
    public async Task A_guest_who_has_registered_is_asked_who_they_are_before_the_next_identity()
    {
        var guest = await Api.Shared.GuestAsync();
        using var first = await LinkAsync(guest, Api.Google.Proof(_subject), _username);
        using var second = await LinkAsync(guest, Api.Apple.Proof(_subject));

        Assert.That(await first.OutcomeAsync(), Is.EqualTo("201"));
        Assert.That(await second.OutcomeAsync(), Is.EqualTo("403 reauthentication_required"));
    }

    [Test]
    public async Task Of_two_identities_at_once_one_registers_the_guest()
    {
        for (var i = 0; i < 5; i++)
        {
            var guest = await Api.Shared.GuestAsync();
            var (google, apple) = (IdentityCalls.NewSubject(), IdentityCalls.NewSubject());

            var responses = await Task.WhenAll(
                LinkAsync(guest, Api.Google.Proof(google)),
                LinkAsync(guest, Api.Apple.Proof(apple))
            );

            var outcomes = await Task.WhenAll(responses.Select(response => response.OutcomeAsync()));
            Assert.That(outcomes.Count(outcome => outcome == "201"), Is.EqualTo(1));
            // One that begins when the other has ended is that of a member.
            Assert.That(outcomes, Does.Contain("409 state_conflict").Or.Contain("403 reauthentication_required"));
            Assert.That(await guest.ListIdentitiesAsync(), Has.Count.EqualTo(1));
            Array.ForEach(responses, response => response.Dispose());
        }
    }

    private static Task<HttpResponseMessage> LinkAsync(
        ApiClient client,
        (string Provider, string IdToken, string Nonce) proof,
        string? username = null,
        string? password = null
    ) =>
        client.PostAsync(
            IdentityCalls.Identities,
            new
            {
                provider = proof.Provider,
                idToken = proof.IdToken,
                nonce = proof.Nonce,
                username,
                password,
            }
        );
}

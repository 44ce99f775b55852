using System.Text.Json;

namespace Fitnessify.WebApi.Tests.Guests;

/// <summary>A guest becomes a member with a passkey.</summary>
public sealed class GuestPasskeyTests : IDisposable
{
    private readonly SoftAuthenticator _authenticator = PasskeyCalls.Authenticator();
    private readonly string _username = Person.Random().Username;

    public void Dispose() => _authenticator.Dispose();

    [Test]
    public async Task A_guest_registers_with_a_passkey_and_keeps_everything()
    {
        var guest = await Api.Shared.GuestAsync();
        var (id, task) = (await guest.IdAsync(), await guest.CreatedAsync("""{"title":"Swim"}"""));
        var (_, since) = await guest.ChangesAsync();

        var made = await MakeAsync(guest, _username);
        Assert.That((await guest.ReadAsync(ApiClient.Me)).Text("kind"), Is.EqualTo("guest"), "The passkey decides.");
        using var response = await AddAsync(guest, made);

        Assert.That(await response.OutcomeAsync(), Is.EqualTo("201"));
        Assert.That(made.ShownName, Is.EqualTo(_username), "The authenticator shows the username.");
        var me = await guest.ReadAsync(ApiClient.Me);
        Assert.Multiple(() =>
        {
            Assert.That(me.GetProperty("id").GetGuid(), Is.EqualTo(id));
            Assert.That(me.Text("kind"), Is.EqualTo("member"));
            Assert.That(me.Text("username"), Is.EqualTo(_username));
            Assert.That(me.Text("email"), Is.Null);
            Assert.That(me.Texts("signInMethods"), Is.EqualTo(["passkey"]));
        });
        Assert.That((await guest.ReadAsync(task.Path())).ToString(), Is.EqualTo(task.ToString()));
        Assert.That((await guest.ChangesAsync(since)).Items, Is.Empty);
        var tablet = Api.Shared.Anonymous();
        using var signedIn = await tablet.LoginWithPasskeyAsync(_authenticator);
        await tablet.KeepAsync(signedIn);
        Assert.That(await tablet.TitlesAsync(), Is.EqualTo("Swim"));
        Assert.That(
            (await guest.ReadAsync(ApiClient.Events)).Items().Select(each => each.Text("type")),
            Is.SupersetOf((string[])["registered", "passkeyAdded"])
        );
    }

    [Test]
    public async Task A_guest_chooses_a_username_at_the_first_step()
    {
        var guest = await Api.Shared.GuestAsync();

        using var response = await guest.PostAsync(PasskeyCalls.Options);
        using var empty = await guest.PostAsync(PasskeyCalls.Options, new { username = "" });

        Assert.That(await response.OutcomeAsync(), Is.EqualTo("400 validation_failed"));
        Assert.That(await response.ErrorsAsync(), Is.EqualTo(["#/username required"]));
        Assert.That(await empty.ErrorsAsync(), Is.EqualTo(["#/username required"]));
    }

    [TestCase("first")]
    [TestCase("second")]
    public async Task A_username_that_is_taken_is_refused_at_the_step(string step)
    {
        var guest = await Api.Shared.GuestAsync();
        var other = Person.Random() with { Username = _username };
        var made = step == "second" ? await MakeAsync(guest, _username) : default;
        using var taken = await Api.Shared.Anonymous().RegisterAsync(other);
        Assert.That(await taken.OutcomeAsync(), Is.EqualTo("201"));

        using var refused =
            step == "second"
                ? await AddAsync(guest, made)
                : await guest.PostAsync(PasskeyCalls.Options, new { username = _username.ToUpperInvariant() });

        Assert.That(await refused.OutcomeAsync(), Is.EqualTo("409 username_taken"));
        Assert.That((await guest.ReadAsync(ApiClient.Me)).Text("kind"), Is.EqualTo("guest"));
        Assert.That((await guest.ReadAsync(PasskeyCalls.Passkeys)).Items(), Is.Empty);
    }

    [Test]
    public async Task After_a_username_that_was_taken_meanwhile_the_same_passkey_is_added_with_another()
    {
        var guest = await Api.Shared.GuestAsync();
        await guest.CreatedAsync("""{"title":"Swim"}""");
        var made = await MakeAsync(guest, _username);
        using var taken = await Api.Shared.Anonymous().RegisterAsync(Person.Random() with { Username = _username });
        var another = Person.Random().Username;

        using var refused = await AddAsync(guest, made);
        using var added = await AddAsync(guest, made, another);

        Assert.That(await refused.OutcomeAsync(), Is.EqualTo("409 username_taken"));
        Assert.That(await added.OutcomeAsync(), Is.EqualTo("201"));
        var me = await guest.ReadAsync(ApiClient.Me);
        Assert.That((me.Text("kind"), me.Text("username")), Is.EqualTo(("member", another)));
        var tablet = Api.Shared.Anonymous();
        using var signedIn = await tablet.LoginWithPasskeyAsync(_authenticator);
        await tablet.KeepAsync(signedIn);
        Assert.That(await tablet.TitlesAsync(), Is.EqualTo("Swim"));
    }

    [Test]
    public async Task A_member_chooses_no_username_with_a_passkey()
    {
        var member = await Api.Shared.SignedInAsync();
        var password = member.Person.Password;

        using var refused = await member.PostAsync(PasskeyCalls.Options, new { password, username = _username });
        var (challengeToken, credential) = await member.MakeAsync(_authenticator, password);
        using var refusedToo = await member.PostAsync(
            PasskeyCalls.Passkeys,
            new
            {
                challengeToken,
                credential,
                username = _username,
            }
        );
        using var added = await member.PostAsync(PasskeyCalls.Passkeys, new { challengeToken, credential });

        Assert.That(await refused.OutcomeAsync(), Is.EqualTo("409 state_conflict"));
        Assert.That(await refusedToo.OutcomeAsync(), Is.EqualTo("409 state_conflict"));
        Assert.That(await added.OutcomeAsync(), Is.EqualTo("201"));
        Assert.That((await member.ReadAsync(ApiClient.Me)).Text("username"), Is.EqualTo(member.Person.Username));
    }

    [Test]
    public async Task A_passkey_that_was_begun_as_a_guest_is_not_added_to_the_member()
    {
        var guest = await Api.Shared.GuestAsync();
        var made = await MakeAsync(guest, _username);
        var person = Person.Random();
        using var registered = await guest.RegisterGuestAsync(person);

        using var refused = await AddAsync(guest, made);

        Assert.That(await registered.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That(await refused.OutcomeAsync(), Is.EqualTo("409 state_conflict").Or.EqualTo("401 passkey_invalid"));
        var me = await guest.ReadAsync(ApiClient.Me);
        Assert.That(me.Text("username"), Is.EqualTo(person.Username));
        Assert.That(me.Texts("signInMethods"), Is.EqualTo(["password"]));
    }

    [Test]
    public async Task Another_guest_does_not_take_the_second_step()
    {
        var (guest, other) = (await Api.Shared.GuestAsync(), await Api.Shared.GuestAsync());
        var made = await MakeAsync(guest, _username);

        using var refused = await AddAsync(other, made);

        Assert.That(await refused.OutcomeAsync(), Is.EqualTo("401 passkey_invalid"));
        Assert.That((await other.ReadAsync(ApiClient.Me)).Text("kind"), Is.EqualTo("guest"));
    }

    private async Task<(string ChallengeToken, JsonElement Credential, string ShownName)> MakeAsync(
        ApiClient guest,
        string username
    )
    {
        using var begun = await guest.PostAsync(PasskeyCalls.Options, new { username });
        Assert.That(await begun.OutcomeAsync(), Is.EqualTo("200"));
        var challenge = await begun.JsonAsync();
        var options = challenge.GetProperty("options");
        return (
            challenge.Text("challengeToken"),
            JsonSerializer.Deserialize<JsonElement>(_authenticator.Create(options)),
            options.GetProperty("user").Text("name")
        );
    }

    private static Task<HttpResponseMessage> AddAsync(
        ApiClient guest,
        (string ChallengeToken, JsonElement Credential, string ShownName) made,
        string? username = null
    ) =>
        guest.PostAsync(
            PasskeyCalls.Passkeys,
            new
            {
                challengeToken = made.ChallengeToken,
                credential = made.Credential,
                username,
            }
        );
}

namespace Fitnessify.WebApi.Tests.Guests;

/// <summary>Which sign-ins merge a guest, and what a sign-in does that merges none.</summary>
public sealed class MergeGuestSignInTests : IDisposable
{
    private readonly ServerClock _clock = new();
    private readonly SoftAuthenticator _authenticator = PasskeyCalls.Authenticator();
    private readonly string _subject = IdentityCalls.NewSubject();

    public void Dispose() => _authenticator.Dispose();

    [TestCase("password")]
    [TestCase("passkey")]
    [TestCase("identity")]
    [TestCase("password and code")]
    [TestCase("password and recovery code")]
    [TestCase("identity and code")]
    public async Task Each_way_to_sign_in_merges_a_guest(string way)
    {
        var (member, guest) = (await Api.Shared.SignedInAsync(), await Api.Shared.GuestAsync());
        await guest.CreatedAsync("""{"title":"Swim"}""");
        var signIn = await SignInOfAsync(member, way, guest);
        var device = Api.Shared.Anonymous();

        using var response = await signIn(device);
        await device.KeepAsync(response);

        Assert.That((int)response.StatusCode, Is.EqualTo(200));
        Assert.That(await response.IsGuestMergedAsync(), Is.True);
        Assert.That(await device.IdAsync(), Is.EqualTo(await member.IdAsync()));
        Assert.That(await device.TitlesAsync(), Is.EqualTo("Swim"));
        Assert.That(await guest.OutcomeOfAsync(ApiClient.Me), Is.EqualTo("401 session_revoked"));
    }

    [Test]
    public async Task An_identity_without_an_account_gets_one_that_is_as_the_guest_was()
    {
        var guest = await Api.Shared.GuestAsync(locale: "de", timeZone: "Europe/Berlin");
        using var named = await guest.PatchAsync(ApiClient.Me, new { displayName = "Ann" });
        Assert.That(await named.OutcomeAsync(), Is.EqualTo("200"));
        var task = await guest.CreatedAsync("""{"title":"Swim","due":{"date":"2040-01-01","time":"18:00"}}""");
        var (device, email) = (Api.Shared.Anonymous(), $"{_subject}@example.test");

        using var response = await device.LoginIdentityAsync(
            Api.Google.Proof(_subject, email),
            guestToken: guest.RefreshToken
        );
        await device.KeepAsync(response);

        var me = await device.ReadAsync(ApiClient.Me);
        var merged = await device.ReadAsync(task.Path());
        Assert.Multiple(() =>
        {
            Assert.That((int)response.StatusCode, Is.EqualTo(201));
            Assert.That(me.Text("kind"), Is.EqualTo("member"));
            Assert.That(me.Text("email"), Is.EqualTo(email));
            Assert.That(me.Text("displayName"), Is.EqualTo("Ann"));
            Assert.That((me.Text("locale"), me.Text("timeZone")), Is.EqualTo(("de", "Europe/Berlin")));
            Assert.That(merged.Text("dueAt"), Is.EqualTo(task.Text("dueAt")));
        });
        Assert.That(await response.IsGuestMergedAsync(), Is.True);
        Assert.That(await guest.OutcomeOfAsync(ApiClient.Me), Is.EqualTo("401 session_revoked"));
        await device.CreatedAsync();
    }

    [Test]
    public async Task An_identity_that_is_not_linked_leaves_the_guest_for_the_sign_in_that_follows()
    {
        var (member, guest) = (await Api.Shared.SignedInAsync(), await Api.Shared.GuestAsync());
        await guest.CreatedAsync("""{"title":"Swim"}""");

        using var refused = await Api
            .Shared.Anonymous()
            .LoginIdentityAsync(Api.Google.Proof(_subject, member.Person.Email), guestToken: guest.RefreshToken);
        Assert.That(await guest.TitlesAsync(), Is.EqualTo("Swim"));
        var device = await Api.Shared.MergedAsync(guest, member.Person);

        Assert.That(await refused.OutcomeAsync(), Is.EqualTo("409 identity_not_linked"));
        Assert.That(await device.TitlesAsync(), Is.EqualTo("Swim"));
    }

    [TestCase("refreshed")]
    [TestCase("refreshed twice")]
    public async Task Tokens_of_the_guest_may_change_between_password_and_code(string what)
    {
        var (member, guest) = (await Api.Shared.SignedInAsync(), await Api.Shared.GuestAsync());
        await guest.CreatedAsync("""{"title":"Swim"}""");
        var (app, _) = await member.EnabledAsync(TimeProvider.System);
        var challengeToken = await ChallengeTokenAsync(member.Person, guest);
        for (var i = 0; i < (what == "refreshed" ? 1 : 2); i++)
        {
            using var refreshed = await guest.RefreshAsync();
            await guest.KeepAsync(refreshed);
            await guest.CreatedAsync("""{"title":"Run"}""");
        }

        var device = Api.Shared.Anonymous();
        using var response = await device.VerifyAsync(challengeToken, app.Code(1));
        await device.KeepAsync(response);

        Assert.That(await response.IsGuestMergedAsync(), Is.True);
        Assert.That(await device.TitlesAsync("?sort=createdAt"), Does.StartWith("Swim Run"));
    }

    [Test]
    public async Task A_guest_whose_session_ends_between_password_and_code_is_not_merged()
    {
        var (member, guest) = (await Api.Shared.SignedInAsync(), await Api.Shared.GuestAsync());
        await guest.CreatedAsync("""{"title":"Swim"}""");
        var (app, _) = await member.EnabledAsync(TimeProvider.System);
        var challengeToken = await ChallengeTokenAsync(member.Person, guest);
        using var ended = await guest.PostAsync(ApiClient.Logout);

        var device = Api.Shared.Anonymous();
        using var response = await device.VerifyAsync(challengeToken, app.Code(1));
        await device.KeepAsync(response);

        Assert.That(await ended.OutcomeAsync(), Is.EqualTo("204"));
        Assert.That(await response.IsGuestMergedAsync(), Is.False);
        Assert.That(await device.TitlesAsync(), Is.Empty);
    }

    [Test]
    public async Task A_guest_who_registers_between_password_and_code_is_not_merged()
    {
        var (member, guest) = (await Api.Shared.SignedInAsync(), await Api.Shared.GuestAsync());
        await guest.CreatedAsync("""{"title":"Swim"}""");
        var (app, _) = await member.EnabledAsync(TimeProvider.System);
        var challengeToken = await ChallengeTokenAsync(member.Person, guest);
        using var registered = await guest.RegisterGuestAsync(Person.Random());

        var device = Api.Shared.Anonymous();
        using var response = await device.VerifyAsync(challengeToken, app.Code(1));
        await device.KeepAsync(response);

        Assert.That(await registered.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That(await response.IsGuestMergedAsync(), Is.False);
        Assert.That(await device.TitlesAsync(), Is.Empty);
        Assert.That(await guest.TitlesAsync(), Is.EqualTo("Swim"));
    }

    [Test]
    public async Task After_a_merge_over_the_quota_code_and_challenge_token_can_be_sent_again()
    {
        await using var api = Api.Start(new() { ["Tasks:MaxPerUser"] = "1" });
        var (member, guest) = (await api.SignedInAsync(), await api.GuestAsync());
        await member.CreatedAsync("""{"title":"Own"}""");
        await guest.CreatedAsync("""{"title":"Swim"}""");
        var (app, _) = await member.EnabledAsync(TimeProvider.System);
        using var required = await api.Anonymous().LoginWithGuestAsync(member.Person, guest.RefreshToken);
        var challengeToken = (await required.JsonAsync()).Text("challengeToken");
        var (device, code) = (api.Anonymous(), app.Code(1));

        var refused = await device.OutcomeOfVerifyAsync(challengeToken, code);
        var again = await device.OutcomeOfVerifyAsync(challengeToken, code);
        using var ended = await guest.PostAsync(ApiClient.Logout);
        using var response = await device.VerifyAsync(challengeToken, code);
        await device.KeepAsync(response);

        Assert.That(refused, Is.EqualTo("409 limit_reached"));
        Assert.That(again, Is.EqualTo("409 limit_reached"), "Nothing was used up.");
        Assert.That(await response.IsGuestMergedAsync(), Is.False);
        Assert.That(await device.TitlesAsync(), Is.EqualTo("Own"));
    }

    [TestCase("garbage")]
    [TestCase("of a member")]
    [TestCase("of the account itself")]
    [TestCase("of a guest who has signed out")]
    [TestCase("of a guest who has registered")]
    [TestCase("of a guest who was merged")]
    [TestCase("of a guest who was deleted")]
    [TestCase("of a guest who was disabled")]
    [TestCase("of a guest who was signed out by an admin")]
    [TestCase("an access token")]
    [TestCase("expired")]
    public async Task A_token_that_is_not_a_guests_signs_in_and_merges_nothing(string token)
    {
        await using var api = Api.Rent(_clock);
        var (member, guest) = (await api.SignedInAsync(), await api.GuestAsync());
        await guest.CreatedAsync("""{"title":"Swim"}""");
        var (guestToken, owner) = await TokenOfAsync(api, member, guest, token);

        var device = api.Anonymous();
        using var response = await device.LoginWithGuestAsync(member.Person, guestToken);
        await device.KeepAsync(response);

        Assert.That(await response.IsGuestMergedAsync(), Is.False);
        Assert.That(await device.TitlesAsync(), Is.Empty);
        if (owner is not null)
        {
            Assert.That(await owner.OutcomeOfAsync(ApiClient.Me), Is.EqualTo("200"), "Whose token it is keeps it.");
            using var refreshed = await owner.RefreshAsync();
            Assert.That(await refreshed.OutcomeAsync(), Is.EqualTo("200"));
        }
    }

    [TestCase("", "#/guestToken required")]
    [TestCase("a\u0001b", "#/guestToken invalid_format")]
    public async Task A_token_that_cannot_be_one_is_refused(string guestToken, string error)
    {
        var member = await Api.Shared.SignedInAsync();

        using var response = await Api.Shared.Anonymous().LoginWithGuestAsync(member.Person, guestToken);

        Assert.That(await response.OutcomeAsync(), Is.EqualTo("400 validation_failed"));
        Assert.That(await response.ErrorsAsync(), Is.EqualTo([error]));
    }

    [Test]
    public async Task The_token_before_the_last_refresh_merges_while_the_answer_may_have_got_lost()
    {
        var (member, guest) = (await Api.Shared.SignedInAsync(), await Api.Shared.GuestAsync());
        await guest.CreatedAsync("""{"title":"Swim"}""");
        using var lost = await guest.RefreshAsync();
        Assert.That(await lost.OutcomeAsync(), Is.EqualTo("200"));

        var device = await Api.Shared.MergedAsync(guest, member.Person);

        Assert.That(await device.TitlesAsync(), Is.EqualTo("Swim"));
    }

    [Test]
    public async Task A_reused_token_ends_the_session_of_the_guest_and_merges_nothing()
    {
        var (member, guest, device) = (
            await Api.Shared.SignedInAsync(),
            await Api.Shared.GuestAsync(),
            Api.Shared.Anonymous()
        );
        var admin = await Api.Shared.SignedInAsAsync(Domain.Accounts.Roles.Admin);
        await guest.CreatedAsync("""{"title":"Swim"}""");
        var (old, guestId) = (guest.RefreshToken, await guest.IdAsync());
        for (var i = 0; i < 2; i++)
        {
            using var refreshed = await guest.RefreshAsync();
            await guest.KeepAsync(refreshed);
            await guest.ReadAsync(ApiClient.Me);
        }

        using var response = await device.LoginWithGuestAsync(member.Person, old);
        await device.KeepAsync(response);

        Assert.That(await response.IsGuestMergedAsync(), Is.False);
        Assert.That(await device.TitlesAsync(), Is.Empty);
        using var late = await guest.RefreshAsync();
        Assert.That(await late.OutcomeAsync(), Is.EqualTo("401 refresh_token_invalid"));
        Assert.That(await guest.OutcomeOfAsync(ApiClient.Me), Is.EqualTo("401 session_revoked"));
        var events = (await admin.ReadAsync($"{AdminCalls.AuditEvents}?userId={guestId}")).Items();
        Assert.That(events.Count(each => each.Text("type") == "refreshReused"), Is.EqualTo(1));
        using var next = await Api.Shared.Anonymous().LoginWithGuestAsync(member.Person, guest.RefreshToken);
        Assert.That(await next.IsGuestMergedAsync(), Is.False);
    }

    [Test]
    public async Task A_wrong_password_changes_nothing()
    {
        var (member, guest) = (await Api.Shared.SignedInAsync(), await Api.Shared.GuestAsync());
        await guest.CreatedAsync("""{"title":"Swim"}""");

        using var refused = await Api
            .Shared.Anonymous()
            .LoginWithGuestAsync(member.Person with { Password = "wrong" }, guest.RefreshToken);

        Assert.That(await refused.OutcomeAsync(), Is.EqualTo("401 invalid_credentials"));
        Assert.That(await guest.TitlesAsync(), Is.EqualTo("Swim"));
        Assert.That(await member.TitlesAsync(), Is.Empty);
        var device = await Api.Shared.MergedAsync(guest, member.Person);
        Assert.That(await device.TitlesAsync(), Is.EqualTo("Swim"));
    }

    [Test]
    public async Task Without_a_guest_a_sign_in_says_that_it_has_merged_none()
    {
        var member = await Api.Shared.SignedInAsync();
        using var response = await Api.Shared.Anonymous().LoginAsync(member.Person.Username);

        Assert.That(await response.IsGuestMergedAsync(), Is.False);
    }

    private static async Task<string> ChallengeTokenAsync(Person person, ApiClient guest)
    {
        using var response = await Api.Shared.Anonymous().LoginWithGuestAsync(person, guest.RefreshToken);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("401 mfa_required"));
        return (await response.JsonAsync()).Text("challengeToken");
    }

    private async Task<Func<ApiClient, Task<HttpResponseMessage>>> SignInOfAsync(
        ApiClient member,
        string way,
        ApiClient guest
    )
    {
        var guestToken = guest.RefreshToken;
        switch (way)
        {
            case "password":
                return device => device.LoginWithGuestAsync(member.Person, guestToken);
            case "passkey":
                using (var added = await member.AddPasskeyAsync(_authenticator))
                {
                    Assert.That(await added.OutcomeAsync(), Is.EqualTo("201"));
                }

                return device => device.LoginWithPasskeyAsync(_authenticator, guestToken: guestToken);
            case "identity" or "identity and code":
                using (var linked = await member.LinkAsync(Api.Google.Proof(_subject)))
                {
                    Assert.That(await linked.OutcomeAsync(), Is.EqualTo("201"));
                }

                if (way == "identity")
                {
                    return device => device.LoginIdentityAsync(Api.Google.Proof(_subject), guestToken: guestToken);
                }

                break;
        }

        var (app, codes) = await member.EnabledAsync(TimeProvider.System);
        using var required =
            way == "identity and code"
                ? await Api.Shared.Anonymous().LoginIdentityAsync(Api.Google.Proof(_subject), guestToken: guestToken)
                : await Api.Shared.Anonymous().LoginWithGuestAsync(member.Person, guestToken);
        Assert.That(await required.OutcomeAsync(), Is.EqualTo("401 mfa_required"));
        Assert.That(await guest.TitlesAsync(), Is.EqualTo("Swim"), "The first step merges nothing.");
        var challengeToken = (await required.JsonAsync()).Text("challengeToken");
        return way == "password and recovery code"
            ? device => device.VerifyAsync(challengeToken, recoveryCode: codes[0])
            : device => device.VerifyAsync(challengeToken, app.Code(1));
    }

    /// <summary>Returns the token, and the device of its owner where that is to keep everything.</summary>
    private async Task<(string GuestToken, ApiClient? Owner)> TokenOfAsync(
        Api api,
        ApiClient member,
        ApiClient guest,
        string token
    )
    {
        switch (token)
        {
            case "garbage":
                return ("garbage", guest);
            case "an access token":
                return (guest.AccessToken, guest);
            case "of a member":
                var other = await api.SignedInAsync();
                await other.CreatedAsync();
                return (other.RefreshToken, other);
            case "of the account itself":
                return (member.RefreshToken, member);
            case "of a guest who has signed out":
                using (var ended = await guest.PostAsync(ApiClient.Logout))
                {
                    Assert.That(await ended.OutcomeAsync(), Is.EqualTo("204"));
                }

                return (guest.RefreshToken, null);
            case "of a guest who has registered":
                using (var registered = await guest.RegisterGuestAsync(Person.Random()))
                {
                    Assert.That(await registered.OutcomeAsync(), Is.EqualTo("200"));
                }

                return (guest.RefreshToken, guest);
            case "of a guest who was merged":
                await api.MergedAsync(guest, (await api.SignedInAsync()).Person);
                return (guest.RefreshToken, null);
            case "expired":
                _clock.Advance(TimeSpan.FromDays(30));
                return (guest.RefreshToken, null);
            default:
                var admin = await api.SignedInAsAsync(Domain.Accounts.Roles.Admin);
                var act = token switch
                {
                    "of a guest who was deleted" => "delete",
                    "of a guest who was disabled" => "disable",
                    _ => "sign-out",
                };
                Assert.That(await admin.ActAsync(act, await guest.IdAsync()), Is.EqualTo("204"));
                return (guest.RefreshToken, null);
        }
    }
}

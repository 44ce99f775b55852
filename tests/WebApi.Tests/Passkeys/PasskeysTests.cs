namespace Fitnessify.WebApi.Tests.Passkeys;

public sealed class PasskeysTests : IDisposable
{
    private readonly SoftAuthenticator _authenticator = PasskeyCalls.Authenticator();

    public void Dispose() => _authenticator.Dispose();

    [Test]
    public async Task A_passkey_is_added_listed_used_and_removed()
    {
        var client = await Api.Shared.SignedInAsync();
        using var added = await client.AddPasskeyAsync(_authenticator, "Laptop");
        Assert.That(await added.OutcomeAsync(), Is.EqualTo("201"));
        Assert.That(added.Header("Location"), Is.EqualTo(PasskeyCalls.Passkeys));
        var passkey = await added.JsonAsync();
        Assert.That(passkey.Members(), Is.EqualTo(["id", "name", "createdAt", "isBackedUp"]));
        var listed = await client.ReadJsonAsync(PasskeyCalls.Passkeys);
        Assert.That(listed.Items().Single().ToString(), Is.EqualTo(passkey.ToString()));

        var device = Api.Shared.Anonymous();
        using var signedIn = await device.LoginWithPasskeyAsync(_authenticator, "Browser");
        await device.KeepAsync(signedIn);
        var me = await device.ReadJsonAsync(ApiClient.Me);
        Assert.That(me.Text("username"), Is.EqualTo(client.Person.Username));
        var sessions = await device.ReadJsonAsync(ApiClient.Sessions);
        Assert.That(sessions.Items().First().Text("device"), Is.EqualTo("Browser"));

        var deletion = PasskeyCalls.DeletionOf(passkey.Text("id"));
        using var removed = await client.PostAsync(deletion, new { password = client.Person.Password });
        using var again = await client.PostAsync(deletion, new { password = client.Person.Password });
        using var refused = await Api.Shared.Anonymous().LoginWithPasskeyAsync(_authenticator);
        Assert.That(await removed.OutcomeAsync(), Is.EqualTo("204"));
        Assert.That(await again.OutcomeAsync(), Is.EqualTo("404 not_found"));
        Assert.That(await refused.OutcomeAsync(), Is.EqualTo("401 passkey_invalid"));
        var events = await client.ReadJsonAsync(ApiClient.Events);
        Assert.That(
            events.Items().Select(each => each.Text("type")),
            Is.SupersetOf((string[])["passkeyAdded", "passkeyRemoved"])
        );
    }

    [Test]
    public async Task A_replayed_response_is_refused()
    {
        var client = await Api.Shared.SignedInAsync();
        using var added = await client.AddPasskeyAsync(_authenticator);
        var device = Api.Shared.Anonymous();
        var (challengeToken, credential) = await device.AssertAsync(_authenticator);

        using var first = await device.PostAsync(PasskeyCalls.Login, new { challengeToken, credential });
        using var second = await device.PostAsync(PasskeyCalls.Login, new { challengeToken, credential });
        var (newChallengeToken, _) = await device.AssertAsync(_authenticator);
        using var third = await device.PostAsync(
            PasskeyCalls.Login,
            new { challengeToken = newChallengeToken, credential }
        );

        Assert.That(await first.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That(await second.OutcomeAsync(), Is.EqualTo("401 passkey_invalid"));
        Assert.That(await third.OutcomeAsync(), Is.EqualTo("401 passkey_invalid"));
        Assert.That(second.Header("WWW-Authenticate"), Is.Null);
    }

    [TestCase("null", "#/credential required")]
    [TestCase("{}", "#/credential required")]
    [TestCase("[]", "#/credential invalid_type")]
    [TestCase("\"x\"", "#/credential invalid_type")]
    public async Task A_credential_must_be_a_non_empty_object(string credential, string error)
    {
        var body = $$"""{"challengeToken":"t","credential":{{credential}}}""";
        using var response = await Api.Shared.Anonymous().PostRawAsync(PasskeyCalls.Login, body);
        Assert.That(await response.ErrorsAsync(), Is.EqualTo([error]));
    }

    [Test]
    public async Task Adding_a_passkey_requires_the_password()
    {
        var client = await Api.Shared.SignedInAsync();
        using var response = await client.PostAsync(PasskeyCalls.Options, new { password = "wrong" });
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("403 reauthentication_failed"));
    }

    [Test]
    public async Task A_challenge_token_works_for_five_minutes_and_only_for_its_purpose()
    {
        var clock = new ServerClock();
        await using var api = Api.Rent(clock);
        var client = await api.SignedInAsync();
        using var added = await client.AddPasskeyAsync(_authenticator);
        var (forSignIn, credential) = await client.AssertAsync(_authenticator);
        using var other = PasskeyCalls.Authenticator();
        var (forNew, made) = await client.MakeAsync(other, client.Person.Password);

        using var crossed = await client.PostAsync(
            PasskeyCalls.Passkeys,
            new { challengeToken = forSignIn, credential = made }
        );
        using var crossedToo = await client.PostAsync(PasskeyCalls.Login, new { challengeToken = forNew, credential });
        clock.Advance(TimeSpan.FromMinutes(5));
        using var late = await client.PostAsync(PasskeyCalls.Login, new { challengeToken = forSignIn, credential });

        Assert.That(await crossed.OutcomeAsync(), Is.EqualTo("401 passkey_invalid"));
        Assert.That(await crossedToo.OutcomeAsync(), Is.EqualTo("401 passkey_invalid"));
        Assert.That(await late.OutcomeAsync(), Is.EqualTo("401 passkey_invalid"));
    }

    [Test]
    public async Task A_password_change_withdraws_pending_challenges()
    {
        var client = await Api.Shared.SignedInAsync();
        var (challengeToken, credential) = await client.MakeAsync(_authenticator, client.Person.Password);
        using var changed = await client.PutAsync(
            ApiClient.Password,
            new { currentPassword = client.Person.Password, newPassword = "Lantern-Orchard-58-Meadow" }
        );
        Assert.That(await changed.OutcomeAsync(), Is.EqualTo("204"));

        using var added = await client.PostAsync(PasskeyCalls.Passkeys, new { challengeToken, credential });

        Assert.That(await added.OutcomeAsync(), Is.EqualTo("401 passkey_invalid"));
    }

    [Test]
    public async Task A_configured_origin_is_accepted_like_the_domain()
    {
        await using var api = Api.Start(
            new()
            {
                ["App:PublicUrl"] = "https://api.example.org",
                ["Passkeys:Domain"] = "example.org",
                ["Passkeys:Origins:0"] = "android:apk-key-hash:pNiP5iKyQ8JwgGOaKA1zGPUPJIS-0H1xKCQcfIoGLck",
            }
        );
        var client = await api.SignedInAsync();
        foreach (
            var origin in (string[])
                ["https://api.example.org", "android:apk-key-hash:pNiP5iKyQ8JwgGOaKA1zGPUPJIS-0H1xKCQcfIoGLck"]
        )
        {
            using var authenticator = new SoftAuthenticator(origin) { RpId = "example.org" };
            using var added = await client.AddPasskeyAsync(authenticator);
            Assert.That(await added.OutcomeAsync(), Is.EqualTo("201"), origin);
        }

        using var foreign = await client.AddPasskeyAsync(_authenticator);
        Assert.That(await foreign.OutcomeAsync(), Is.EqualTo("401 passkey_invalid"));
    }

    [Test]
    public async Task Every_new_or_removed_passkey_is_reported_by_mail()
    {
        var client = await Api.Shared.ConfirmedAsync();
        using var added = await client.AddPasskeyAsync(_authenticator);
        var id = (await added.JsonAsync()).Text("id");
        using var removed = await client.PostAsync(
            PasskeyCalls.DeletionOf(id),
            new { password = client.Person.Password }
        );

        var subjects = (await Api.Shared.MailsToAsync(client.Person.Email)).Select(mail => mail.Subject).ToList();
        Assert.That(
            subjects,
            Is.SupersetOf((string[])["A passkey was added to your account", "A passkey was removed from your account"])
        );
    }
}

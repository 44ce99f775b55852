using System.Text.RegularExpressions;
using Fitnessify.Infrastructure.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.WebApi.Tests.Identities;

public sealed partial class LoginIdentityTests
{
    private readonly string _subject = IdentityCalls.NewSubject();

    [Test]
    public async Task The_first_sign_in_creates_an_account_and_the_next_one_finds_it()
    {
        var (client, email) = (Api.Shared.Anonymous(), $"{_subject}@example.test");

        using var first = await client.LoginIdentityAsync(Api.Google.Proof(_subject, email, name: $"Zoë {_subject}"));
        await client.KeepAsync(first);
        var me = await client.ReadAsync(ApiClient.Me);
        using var second = await client.LoginIdentityAsync(Api.Google.Proof(_subject, email));

        Assert.Multiple(() =>
        {
            Assert.That((int)first.StatusCode, Is.EqualTo(201));
            Assert.That(first.Header("Location"), Is.EqualTo("/api/v1/users/me"));
            Assert.That(first.Header("Cache-Control"), Is.EqualTo("no-store"));
            Assert.That(me.Text("username"), Does.StartWith("zoe."));
            Assert.That(me.Text("displayName"), Is.EqualTo($"Zoë {_subject}"));
            Assert.That(me.Text("email"), Is.EqualTo(email));
            Assert.That(me.GetProperty("emailConfirmed").GetBoolean(), Is.True);
            Assert.That(me.Texts("signInMethods"), Is.EqualTo((string[])["google"]));
            Assert.That((int)second.StatusCode, Is.EqualTo(200));
        });
        await client.KeepAsync(second);
        Assert.That((await client.ReadAsync(ApiClient.Me)).Text("id"), Is.EqualTo(me.Text("id")));
    }

    [Test]
    public async Task Fifty_first_sign_ins_at_once_create_one_account()
    {
        var clients = Enumerable.Range(0, 50).Select(_ => Api.Shared.Anonymous()).ToList();

        var responses = await Task.WhenAll(
            clients.Select(client => client.LoginIdentityAsync(Api.Google.Proof(_subject, $"{_subject}@example.test")))
        );

        Assert.That(responses.Count(response => (int)response.StatusCode == 201), Is.EqualTo(1));
        HashSet<string> accounts = [];
        foreach (var (client, response) in clients.Zip(responses))
        {
            await client.KeepAsync(response);
            accounts.Add($"{await client.IdAsync()}");
            response.Dispose();
        }

        Assert.That(accounts, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Every_wrong_token_gets_the_same_answer()
    {
        var used = Api.Google.Proof(_subject);
        using var first = await Api.Shared.Anonymous().LoginIdentityAsync(used);
        var forged = Api.Apple.Token(_subject, "nonce");
        (string, string, string)[] wrong =
        [
            used,
            ("google", "garbage", "nonce"),
            ("google", "a.b.c", "nonce"),
            ("google", forged, "nonce"),
            ("google", Api.Google.Token(_subject, "other"), "nonce"),
            ("google", Api.Google.Token(_subject, "nonce", audience: "another-app"), "nonce"),
            ("google", Api.Google.Token(_subject, "nonce", change: payload => payload.Remove("nonce")), "nonce"),
            ("google", Api.Google.Token(_subject, "nonce", changeHeader: header => header["alg"] = "none"), "nonce"),
            ("google", new string('x', 40_000), "nonce"),
            ("apple", Api.Google.Token(_subject, "nonce"), "nonce"),
        ];
        HashSet<string> answers = [];
        foreach (var proof in wrong)
        {
            using var response = await Api.Shared.Anonymous().LoginIdentityAsync(proof);
            var text = TraceId().Replace(await response.Content.ReadAsStringAsync(), "");
            answers.Add($"{(int)response.StatusCode} {text}");
        }

        Assert.That(
            answers,
            Has.Count.EqualTo(1).And.All.StartsWith("401 ").And.All.Contains("identity_token_invalid")
        );
    }

    [Test]
    public async Task A_key_that_the_issuer_has_just_rotated_works_at_once()
    {
        await using var issuer = await TestIssuer.StartAsync("example");
        await using var api = Api.Start(new(issuer.Settings));
        using var before = await api.Anonymous().LoginIdentityAsync(issuer.Proof(_subject));
        issuer.RotateKeys();

        using var after = await api.Anonymous().LoginIdentityAsync(issuer.Proof(_subject));

        Assert.That((await before.OutcomeAsync(), await after.OutcomeAsync()), Is.EqualTo(("201", "200")));
    }

    [Test]
    public async Task An_issuer_that_is_down_is_503_and_creates_nothing()
    {
        await using var issuer = await TestIssuer.StartAsync("example");
        await using var api = Api.Start(new(issuer.Settings));
        issuer.IsDown = true;
        var proof = issuer.Proof(_subject);

        using var response = await api.Anonymous().LoginIdentityAsync(proof);

        Assert.That(await response.OutcomeAsync(), Is.EqualTo("503 service_unavailable"));
        Assert.That(response.Header("Retry-After"), Does.Match("^[1-9][0-9]*$"));
    }

    [Test]
    public async Task An_account_with_the_address_is_linked_only_after_a_normal_sign_in()
    {
        var owner = await Api.Shared.SignedInAsync();
        using var refused = await Api
            .Shared.Anonymous()
            .LoginIdentityAsync(Api.Google.Proof(_subject, owner.Person.Email));
        var problem = await refused.JsonAsync();
        var linkToken = problem.Text("linkToken");
        var body = new { linkToken, password = owner.Person.Password };

        using var linked = await owner.PostAsync(IdentityCalls.Identities, body);
        using var again = await owner.PostAsync(IdentityCalls.Identities, body);
        using var signedIn = await Api
            .Shared.Anonymous()
            .LoginIdentityAsync(Api.Google.Proof(_subject, owner.Person.Email));

        Assert.That(await refused.OutcomeAsync(), Is.EqualTo("409 identity_not_linked"));
        Assert.That(await linked.OutcomeAsync(), Is.EqualTo("201"));
        Assert.That(await again.OutcomeAsync(), Is.EqualTo("422 token_invalid_or_expired"));
        Assert.That(await signedIn.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That(
            (await owner.ReadAsync(ApiClient.Me)).Texts("signInMethods"),
            Is.EqualTo((string[])["password", "google"])
        );
    }

    [Test]
    public async Task An_unverified_address_finds_nothing_out()
    {
        var owner = await Api.Shared.SignedInAsync();
        var client = Api.Shared.Anonymous();

        using var response = await client.LoginIdentityAsync(
            Api.Google.Proof(_subject, owner.Person.Email, emailVerified: false)
        );

        await client.KeepAsync(response);
        Assert.That((int)response.StatusCode, Is.EqualTo(201));
        Assert.That(
            (await client.ReadAsync(ApiClient.Me)).GetProperty("email").ValueKind,
            Is.EqualTo(System.Text.Json.JsonValueKind.Null)
        );
    }

    [Test]
    public async Task A_second_factor_is_asked_for_as_after_a_password()
    {
        var owner = await Api.Shared.SignedInAsync();
        using var linked = await owner.LinkAsync(Api.Google.Proof(_subject));
        var (app, _) = await owner.EnabledAsync(TimeProvider.System);
        var client = Api.Shared.Anonymous();

        using var first = await client.LoginIdentityAsync(Api.Google.Proof(_subject));
        var challengeToken = (await first.JsonAsync()).Text("challengeToken");
        using var second = await client.VerifyAsync(challengeToken, app.Code(1));

        Assert.That(await first.OutcomeAsync(), Is.EqualTo("401 mfa_required"));
        Assert.That(await second.OutcomeAsync(), Is.EqualTo("200"));
    }

    [Test]
    public async Task A_disabled_account_is_told_to_its_identity_only()
    {
        var owner = await Api.Shared.SignedInAsync();
        using var linked = await owner.LinkAsync(Api.Google.Proof(_subject));
        await Api.Shared.InDatabaseAsync(context =>
            context
                .Accounts.Where(user => user.Username == owner.Person.Username)
                .ExecuteUpdateAsync(set => set.SetProperty(user => user.DisabledAt, DateTimeOffset.UnixEpoch))
        );

        using var own = await Api.Shared.Anonymous().LoginIdentityAsync(Api.Google.Proof(_subject));
        using var other = await Api
            .Shared.Anonymous()
            .LoginIdentityAsync(Api.Google.Proof(IdentityCalls.NewSubject(), owner.Person.Email));

        Assert.That(await own.OutcomeAsync(), Is.EqualTo("403 account_disabled"));
        Assert.That(await other.OutcomeAsync(), Is.EqualTo("409 identity_not_linked"));
    }

    [TestCase("{}", "#/provider required", "#/idToken required", "#/nonce required")]
    [TestCase("""{"provider":"google","idToken":"x","nonce":1}""", "#/nonce invalid_type")]
    [TestCase("""{"provider":"facebook","idToken":"x","nonce":"n"}""", "#/provider not_allowed")]
    public async Task Refuses_an_invalid_body(string body, params string[] errors)
    {
        using var response = await Api.Shared.Anonymous().PostRawAsync(IdentityCalls.Login, body);

        Assert.That(await response.OutcomeAsync(), Is.EqualTo("400 validation_failed"));
        Assert.That(await response.ErrorsAsync(), Is.EqualTo(errors));
    }

    [Test]
    public async Task The_providers_are_listed_for_everyone()
    {
        var providers = (await Api.Shared.Anonymous().ReadAsync(IdentityCalls.Providers)).GetProperty("items");

        Assert.That(
            providers.EnumerateArray().Select(one => (one.Text("provider"), one.Text("issuer"))),
            Is.EqualTo([("apple", Api.Apple.Issuer), ("google", Api.Google.Issuer)])
        );
        Assert.That(providers[1].Texts("clientIds"), Is.EqualTo(Api.Google.ClientIds));
    }

    [GeneratedRegex("\"traceId\":\"[0-9a-f]+\"")]
    private static partial Regex TraceId();
}

using Fitnessify.Infrastructure.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.WebApi.Tests.Auth;

public sealed class LoginUserTests
{
    private readonly ApiClient _client = Api.Shared.Anonymous();

    [Test]
    public async Task Returns_the_tokens_of_a_new_session()
    {
        await using var api = Api.Start(clock: new ServerClock());
        var client = api.Anonymous();
        var person = await client.RegisteredAsync();
        using var response = await client.LoginAsync(person.Username, device: "Ann's phone");
        var tokens = await response.JsonAsync();
        Assert.Multiple(() =>
        {
            Assert.That((int)response.StatusCode, Is.EqualTo(200));
            Assert.That(response.Header("Cache-Control"), Is.EqualTo("no-store"));
            Assert.That(
                tokens.Members(),
                Is.EqualTo(
                    (string[])
                        [
                            "tokenType",
                            "accessToken",
                            "expiresIn",
                            "refreshToken",
                            "refreshTokenExpiresAt",
                            "sessionId",
                            "guestMerged",
                        ]
                )
            );
            Assert.That(tokens.Text("tokenType"), Is.EqualTo("Bearer"));
            Assert.That(tokens.GetProperty("expiresIn").GetInt32(), Is.EqualTo(900));
            Assert.That(tokens.Text("refreshTokenExpiresAt"), Is.EqualTo("2031-06-05T07:08:09.123Z"));
            Assert.That(tokens.GetProperty("sessionId").TryGetGuid(out _), Is.True);
            Assert.That(tokens.Text("accessToken"), Is.Not.Empty.And.Not.EqualTo(tokens.Text("refreshToken")));
        });
    }

    [Test]
    public async Task Accepts_the_username_or_the_address_in_any_case()
    {
        var person = await _client.RegisteredAsync();
        string[] logins = [person.Username.ToUpperInvariant(), $" {person.Username} ", person.Email.ToUpperInvariant()];
        foreach (var login in logins)
        {
            using var response = await _client.LoginAsync(login);
            Assert.That(await response.OutcomeAsync(), Is.EqualTo("200"), login);
        }
    }

    [Test]
    public async Task Does_not_trim_a_password_but_normalizes_its_Unicode_form()
    {
        var person = Person.Random() with { Password = " Caf\u00E9-Kettle-93-Umbrella " };
        using var registered = await _client.RegisterAsync(person);
        using var trimmed = await _client.LoginAsync(person.Username, person.Password.Trim());
        using var decomposed = await _client.LoginAsync(person.Username, " Cafe\u0301-Kettle-93-Umbrella ");
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await trimmed.OutcomeAsync(), Is.EqualTo("401 invalid_credentials"));
            Assert.That(await decomposed.OutcomeAsync(), Is.EqualTo("200"));
        });
    }

    [Test]
    public async Task Responds_to_an_unknown_login_and_a_wrong_password_alike()
    {
        var person = await _client.RegisteredAsync();
        var wrong = await DescribeAsync(person.Username, "Wrong-Kettle-93-Umbrella");
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(wrong, Does.StartWith("401 "));
            Assert.That(wrong, Does.Contain("invalid_credentials"));
            Assert.That(await DescribeAsync(Person.Random().Username, Person.GoodPassword), Is.EqualTo(wrong));
            Assert.That(await DescribeAsync(Person.Random().Email, Person.GoodPassword), Is.EqualTo(wrong));
            Assert.That(await DescribeAsync("no name: \u00E4", Person.GoodPassword), Is.EqualTo(wrong));
        });
    }

    [Test]
    public async Task Reveals_a_disabled_account_only_after_the_correct_password()
    {
        var person = await _client.RegisteredAsync();
        await Api.Shared.InDatabaseAsync(context =>
            context
                .Accounts.Where(user => user.Username == person.Username)
                .ExecuteUpdateAsync(set => set.SetProperty(user => user.DisabledAt, DateTimeOffset.UnixEpoch))
        );
        using var right = await _client.LoginAsync(person.Username);
        using var wrong = await _client.LoginAsync(person.Username, "Wrong-Kettle-93-Umbrella");
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await right.OutcomeAsync(), Is.EqualTo("403 account_disabled"));
            Assert.That(await wrong.OutcomeAsync(), Is.EqualTo("401 invalid_credentials"));
        });
    }

    [Test]
    public async Task Reveals_an_unconfirmed_address_only_after_the_correct_password()
    {
        await using var api = Api.Start(new() { ["Accounts:RequireConfirmedEmail"] = "true" });
        var client = api.Anonymous();
        var person = await client.RegisteredAsync();
        using var right = await client.LoginAsync(person.Username);
        using var wrong = await client.LoginAsync(person.Username, "Wrong-Kettle-93-Umbrella");
        await api.InDatabaseAsync(context =>
            context.Accounts.ExecuteUpdateAsync(set => set.SetProperty(user => user.EmailConfirmed, true))
        );
        using var confirmed = await client.LoginAsync(person.Username);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await right.OutcomeAsync(), Is.EqualTo("403 email_not_confirmed"));
            Assert.That(await wrong.OutcomeAsync(), Is.EqualTo("401 invalid_credentials"));
            Assert.That(await confirmed.OutcomeAsync(), Is.EqualTo("200"));
        });
    }

    [Test]
    public async Task Ends_the_oldest_session_when_there_are_too_many()
    {
        await using var api = Api.Start(new() { ["Sessions:MaxPerUser"] = "3" });
        var first = await api.SignedInAsync();
        var stranger = await api.SignedInAsync();
        var second = await api.SignedInAsync(first.Person);
        var third = await api.SignedInAsync(first.Person);
        using var before = await first.GetAsync(ApiClient.Me);
        var fourth = await api.SignedInAsync(first.Person);
        using var refresh = await first.RefreshAsync();
        Assert.That(await before.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That(await refresh.OutcomeAsync(), Is.EqualTo("401 refresh_token_invalid"));
        foreach (var client in (ApiClient[])[first, second, third, fourth, stranger])
        {
            using var me = await client.GetAsync(ApiClient.Me);
            Assert.That(await me.OutcomeAsync(), Is.EqualTo(client == first ? "401 session_revoked" : "200"));
        }
    }

    [TestCase("""{}""", "#/login required", "#/password required")]
    [TestCase("""{"login":null,"password":null}""", "#/login required", "#/password required")]
    [TestCase("""{"login":" ","password":"x"}""", "#/login required")]
    [TestCase("""{"login":"a\u0000b","password":"x"}""", "#/login invalid_format")]
    [TestCase("""{"login":"{255}","password":"x"}""", "#/login too_long")]
    [TestCase("""{"login":"abc","password":"x","device":"a\u0007b"}""", "#/device invalid_format")]
    [TestCase("""{"login":"abc","password":"x","device":"{101}"}""", "#/device too_long")]
    public async Task Refuses_an_invalid_body(string body, params string[] errors)
    {
        using var response = await _client.PostRawAsync(
            ApiClient.Login,
            body.Replace("{255}", new string('a', 255), StringComparison.Ordinal)
                .Replace("{101}", new string('a', 101), StringComparison.Ordinal)
        );
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await response.OutcomeAsync(), Is.EqualTo("400 validation_failed"));
            Assert.That(await response.ErrorsAsync(), Is.EqualTo(errors));
        });
    }

    [TestCase("null")]
    [TestCase("\"\"")]
    [TestCase("\"{100}\"")]
    public async Task Accepts_a_device_name(string device)
    {
        var person = await _client.RegisteredAsync();
        using var response = await _client.PostRawAsync(
            ApiClient.Login,
            $$"""{"login":"{{person.Username}}","password":"{{person.Password}}","device":{{device}}}""".Replace(
                "{100}",
                new string('a', 100),
                StringComparison.Ordinal
            )
        );
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("200"));
    }

    private async Task<string> DescribeAsync(string login, string password)
    {
        using var response = await _client.LoginAsync(login, password);
        return await response.VisiblePartsAsync();
    }
}

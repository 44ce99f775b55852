using Fitnessify.Domain.Accounts;

namespace Fitnessify.WebApi.Tests.Admin;

/// <summary>These tests also cover enable, sign-out and unlock.</summary>
public sealed class DisableUserTests
{
    [Test]
    public async Task Ends_tokens_at_once_and_blocks_the_user_until_enabled()
    {
        var (admin, user) = (await Api.Shared.SignedInAsAsync(Roles.Admin), await Api.Shared.SignedInAsync());
        var id = await user.IdAsync();

        Assert.That(await admin.ActAsync("disable", id), Is.EqualTo("204"));

        Assert.That(await user.OutcomeOfAsync(ApiClient.Me), Is.EqualTo("401 session_revoked"));
        using var refresh = await user.RefreshAsync();
        Assert.That(await refresh.OutcomeAsync(), Is.EqualTo("401 refresh_token_invalid"));
        using var login = await user.LoginAsync(user.Person.Username);
        Assert.That(await login.OutcomeAsync(), Is.EqualTo("403 account_disabled"));
        var disabled = await admin.ReadJsonAsync($"{AdminCalls.Users}/{id}");
        Assert.That(disabled.Text("status"), Is.EqualTo("disabled"));
        Assert.That(disabled.GetProperty("sessions").GetInt32(), Is.Zero);

        Assert.That(await admin.ActAsync("enable", id), Is.EqualTo("204"));

        Assert.That(
            await user.OutcomeOfAsync(ApiClient.Me),
            Is.EqualTo("401 session_revoked"),
            "The user has to sign in again."
        );
        await user.SignInAsync(user.Person);
        Assert.That(await user.OutcomeOfAsync(ApiClient.Me), Is.EqualTo("200"));
        var events = await admin.ReadJsonAsync($"{AdminCalls.AuditEvents}?userId={id}");
        Assert.That(
            events
                .Items()
                .Select(item => item.Text("type"))
                .Where(type => type.StartsWith("account", StringComparison.Ordinal)),
            Is.EqualTo(["accountEnabled", "accountDisabled"])
        );
    }

    [Test]
    public async Task Sign_out_ends_only_the_sessions_of_the_user_at_once()
    {
        var (admin, phone) = (await Api.Shared.SignedInAsAsync(Roles.Admin), await Api.Shared.SignedInAsync());
        var tablet = await Api.Shared.SignedInAsync(phone.Person);
        Assert.That(await tablet.OutcomeOfAsync(ApiClient.Me), Is.EqualTo("200"));

        Assert.That(await admin.ActAsync("sign-out", await phone.IdAsync()), Is.EqualTo("204"));

        foreach (var device in (ApiClient[])[phone, tablet])
        {
            Assert.That(await device.OutcomeOfAsync(ApiClient.Me), Is.EqualTo("401 session_revoked"));
        }

        Assert.That(await admin.OutcomeOfAsync(ApiClient.Me), Is.EqualTo("200"));
        await phone.SignInAsync(phone.Person);
    }

    [Test]
    public async Task Unlock_lets_a_user_try_again_with_each_of_their_logins()
    {
        await using var api = Api.Start(new() { ["Accounts:FailedSignInLimit"] = "1" });
        var (admin, user) = (await api.SignedInAsAsync(Roles.Admin), await api.SignedInAsync());
        string[] logins = [user.Person.Username, user.Person.Email.ToUpperInvariant()];
        foreach (var login in logins)
        {
            using var wrong = await user.LoginAsync(login, "Wrong-Kettle-93-Umbrella");
            using var locked = await user.LoginAsync(login);
            Assert.That(await locked.OutcomeAsync(), Is.EqualTo("429 too_many_attempts"));
        }

        using var wrongAgain = await user.PostAsync(ApiClient.Deletion, new { password = "Wrong-Kettle-93-Umbrella" });
        Assert.That(await admin.ActAsync("unlock", await user.IdAsync()), Is.EqualTo("204"));

        foreach (var login in logins)
        {
            using var right = await user.LoginAsync(login);
            Assert.That(await right.OutcomeAsync(), Is.EqualTo("200"));
        }

        using var deleted = await user.PostAsync(ApiClient.Deletion, new { password = Person.GoodPassword });
        Assert.That(await deleted.OutcomeAsync(), Is.EqualTo("204"));
    }

    [Test]
    public async Task Delete_leaves_only_the_audit_event_of_the_admin()
    {
        var (admin, user) = (await Api.Shared.SignedInAsAsync(Roles.Admin), await Api.Shared.SignedInAsync());
        var id = await user.IdAsync();

        Assert.That(await admin.ActAsync("delete", id), Is.EqualTo("204"));

        Assert.That(await user.OutcomeOfAsync(ApiClient.Me), Is.EqualTo("401 session_revoked"));
        Assert.That(await admin.OutcomeOfAsync($"{AdminCalls.Users}/{id}"), Is.EqualTo("404 not_found"));
        await Api.Shared.EraseAccountsAsync();
        var events = (await admin.ReadJsonAsync($"{AdminCalls.AuditEvents}?userId={id}")).Items().ToList();
        Assert.That(
            events.Select(item => (item.Text("type"), item.Text("ipAddress"))),
            Is.EqualTo([("accountDeleted", "127.0.0.1"), ("signedIn", null), ("registered", null)])
        );
        Assert.That(events[0].Text("actorId"), Is.EqualTo($"{await admin.IdAsync()}"));
        using var sameAgain = await user.RegisterAsync(user.Person);
        Assert.That(await sameAgain.OutcomeAsync(), Is.EqualTo("201"));
    }
}

using Fitnessify.Application.Admin;
using Fitnessify.Domain.Accounts;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.WebApi.Tests.Guests;

/// <summary>What a guest may do with the own account, and what admins may do with it.</summary>
public sealed class GuestRightsTests
{
    [Test]
    public async Task A_guest_changes_everything_in_the_profile_but_the_username()
    {
        var guest = await Api.Shared.GuestAsync();
        var username = (await guest.ReadAsync(ApiClient.Me)).Text("username");

        using var changed = await guest.PatchAsync(
            ApiClient.Me,
            new
            {
                displayName = "Ann",
                locale = "de",
                timeZone = "Europe/Berlin",
                username,
            }
        );
        using var renamed = await guest.PatchAsync(ApiClient.Me, new { displayName = "Bob", username = "bob.b" });

        Assert.That(await changed.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That(await renamed.OutcomeAsync(), Is.EqualTo("409 state_conflict"));
        var me = await guest.ReadAsync(ApiClient.Me);
        Assert.That(
            (me.Text("displayName"), me.Text("locale"), me.Text("timeZone"), me.Text("username")),
            Is.EqualTo(("Ann", "de", "Europe/Berlin", username))
        );
    }

    [TestCase("password")]
    [TestCase("email")]
    [TestCase("totp")]
    public async Task A_guest_registers_before_getting(string what)
    {
        var guest = await Api.Shared.GuestAsync();
        var before = await guest.ReadAsync(ApiClient.Me);

        using var response = what switch
        {
            "password" => await guest.PutAsync(ApiClient.Password, new { newPassword = Person.GoodPassword }),
            "email" => await guest.PutAsync(AccountLinks.Email, new { newEmail = Person.Random().Email }),
            _ => await guest.PostAsync(MfaCalls.Enrol),
        };

        Assert.That(await response.OutcomeAsync(), Is.EqualTo("409 state_conflict"));
        Assert.That((await guest.ReadAsync(ApiClient.Me)).ToString(), Is.EqualTo(before.ToString()));
    }

    [Test]
    public async Task A_guest_has_no_second_factor_and_no_recovery_codes()
    {
        var guest = await Api.Shared.GuestAsync();

        using var codes = await guest.PostAsync(MfaCalls.RecoveryCodes, new { code = "123456" });
        using var confirmed = await guest.PostAsync(MfaCalls.Confirm, new { code = "123456" });

        Assert.That((await guest.ReadAsync(MfaCalls.Mfa)).GetProperty("enabled").GetBoolean(), Is.False);
        Assert.That(codes.IsSuccessStatusCode, Is.False);
        Assert.That(confirmed.IsSuccessStatusCode, Is.False);
    }

    [Test]
    public async Task A_guest_exports_without_being_asked()
    {
        var guest = await Api.Shared.GuestAsync();
        await guest.CreatedAsync("""{"title":"Swim"}""");

        using var response = await guest.PostAsync(AdminCalls.Export);

        Assert.That(await response.OutcomeAsync(), Is.EqualTo("200"));
        var export = await response.JsonAsync();
        Assert.That(export.GetProperty("user").Text("kind"), Is.EqualTo("guest"));
        Assert.That(
            export.GetProperty("tasks").EnumerateArray().Select(task => task.Text("title")),
            Is.EqualTo(["Swim"])
        );
        Assert.That(export.ToString(), Does.Not.Contain("hash").IgnoreCase);
    }

    [Test]
    public async Task A_guest_deletes_the_account_without_being_asked()
    {
        var guest = await Api.Shared.GuestAsync();

        using var response = await guest.PostAsync(ApiClient.Deletion);

        Assert.That(await response.OutcomeAsync(), Is.EqualTo("204"));
        Assert.That(await guest.OutcomeOfAsync(ApiClient.Me), Is.EqualTo("401 session_revoked"));
        using var refreshed = await guest.RefreshAsync();
        Assert.That(await refreshed.OutcomeAsync(), Is.EqualTo("401 refresh_token_invalid"));
    }

    [Test]
    public async Task A_guest_has_nothing_to_show_who_they_are()
    {
        var guest = await Api.Shared.GuestAsync();

        using var byPassword = await guest.PostAsync(
            IdentityCalls.Reauthenticate,
            new { password = Person.GoodPassword }
        );
        using var byIdentity = await guest.ReauthenticateAsync(Api.Google.Proof(IdentityCalls.NewSubject()));
        using var deletion = await guest.PostAsync(ApiClient.Deletion, new { password = Person.GoodPassword });

        Assert.That(await byPassword.OutcomeAsync(), Is.EqualTo("403 reauthentication_failed"));
        Assert.That(await byIdentity.OutcomeAsync(), Is.EqualTo("403 reauthentication_failed"));
        Assert.That(await deletion.OutcomeAsync(), Is.EqualTo("403 reauthentication_failed"));
        Assert.That((await guest.ReadAsync(ApiClient.Me)).Text("kind"), Is.EqualTo("guest"));
    }

    [Test]
    public async Task A_guest_signs_in_nowhere()
    {
        var guest = await Api.Shared.GuestAsync();
        var username = (await guest.ReadAsync(ApiClient.Me)).Text("username");

        using var login = await Api.Shared.Anonymous().LoginAsync(username);
        using var availability = await Api
            .Shared.Anonymous()
            .GetAsync($"/api/v1/auth/username-availability?username={username}");

        Assert.That(await login.OutcomeAsync(), Is.EqualTo("401 invalid_credentials"));
        Assert.That((await availability.JsonAsync()).GetProperty("available").GetBoolean(), Is.False);
    }

    [Test]
    public async Task The_routes_of_admins_are_not_for_guests()
    {
        var guest = await Api.Shared.GuestAsync();

        Assert.That(await guest.OutcomeOfAsync(AdminCalls.Users), Is.EqualTo("403 permission_denied"));
    }

    [Test]
    public async Task Admins_see_who_is_a_guest()
    {
        var (admin, guest) = (await Api.Shared.SignedInAsAsync(Roles.Admin), await Api.Shared.GuestAsync());
        var (id, memberId) = (await guest.IdAsync(), await admin.IdAsync());
        var username = (await guest.ReadAsync(ApiClient.Me)).Text("username");

        var user = await admin.ReadAsync($"{AdminCalls.Users}/{id}");
        var listed = (await admin.ReadAsync($"{AdminCalls.Users}?q={username}")).Items().Single();

        Assert.That(user.ToString(), Is.EqualTo(listed.ToString()));
        Assert.That(user.Text("kind"), Is.EqualTo("guest"));
        Assert.That(user.Text("email"), Is.Null);
        Assert.That((await admin.ReadAsync($"{AdminCalls.Users}/{memberId}")).Text("kind"), Is.EqualTo("member"));
    }

    [TestCase("disable", "401 session_revoked")]
    [TestCase("sign-out", "401 session_revoked")]
    [TestCase("delete", "401 session_revoked")]
    [TestCase("unlock", "200")]
    public async Task Admins_act_on_guests_as_on_members(string act, string outcome)
    {
        var (admin, guest) = (await Api.Shared.SignedInAsAsync(Roles.Admin), await Api.Shared.GuestAsync());

        Assert.That(await admin.ActAsync(act, await guest.IdAsync()), Is.EqualTo("204"));

        Assert.That(await guest.OutcomeOfAsync(TaskCalls.Tasks), Is.EqualTo(outcome));
        using var refreshed = await guest.RefreshAsync();
        Assert.That(refreshed.IsSuccessStatusCode, Is.EqualTo(outcome == "200"));
    }

    [Test]
    public async Task Admins_take_no_second_factor_from_a_guest()
    {
        var (admin, guest) = (await Api.Shared.SignedInAsAsync(Roles.Admin), await Api.Shared.GuestAsync());

        // It would leave the account without anything to sign in with, which it has not anyway.
        Assert.That(await admin.ActAsync("reset-mfa", await guest.IdAsync()), Is.EqualTo("409 last_credential"));

        Assert.That(await guest.OutcomeOfAsync(TaskCalls.Tasks), Is.EqualTo("200"));
    }

    [TestCase(Roles.Admin)]
    [TestCase(Roles.Support)]
    public async Task A_guest_gets_no_role_but_that_of_members(string role)
    {
        var (admin, guest) = (await Api.Shared.SignedInAsAsync(Roles.Admin), await Api.Shared.GuestAsync());
        var me = await guest.ReadAsync(ApiClient.Me);
        await using var scope = Api.Shared.Services.CreateAsyncScope();

        var refused = await admin.ActAsync("roles", await guest.IdAsync(), role);
        var accepted = await admin.ActAsync("roles", await guest.IdAsync(), Roles.Member);
        var granted = await scope
            .ServiceProvider.GetRequiredService<IMediator>()
            .Send(new GrantRoleCommand(me.Text("username"), role));

        Assert.That(refused, Is.EqualTo("409 state_conflict"));
        Assert.That(accepted, Is.EqualTo("200"));
        Assert.That(granted.Error?.Code, Is.EqualTo("state_conflict"));
        Assert.That((await guest.ReadAsync(ApiClient.Me)).ToString(), Is.EqualTo(me.ToString()));
    }

    [Test]
    public async Task A_guest_who_has_registered_gets_a_role()
    {
        var (admin, guest) = (await Api.Shared.SignedInAsAsync(Roles.Admin), await Api.Shared.GuestAsync());
        using var registered = await guest.RegisterGuestAsync(Person.Random());

        Assert.That(await admin.ActAsync("roles", await guest.IdAsync(), Roles.Support), Is.EqualTo("200"));
        Assert.That((await guest.ReadAsync(ApiClient.Me)).Texts("roles"), Is.EqualTo(["member", "support"]));
    }

    [Test]
    public async Task A_guest_sees_and_ends_the_own_session()
    {
        var guest = await Api.Shared.GuestAsync("Phone");

        var events = await guest.ReadAsync(ApiClient.Events);
        using var ended = await guest.DeleteAsync($"{ApiClient.Sessions}/{guest.SessionId}");

        Assert.That(events.Items().Select(each => each.Text("type")), Is.EquivalentTo(["guestCreated", "signedIn"]));
        Assert.That(await ended.OutcomeAsync(), Is.EqualTo("204"));
        Assert.That(await guest.OutcomeOfAsync(ApiClient.Me), Is.EqualTo("401 session_revoked"));
    }
}

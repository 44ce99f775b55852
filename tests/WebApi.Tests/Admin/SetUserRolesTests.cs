using Fitnessify.Domain.Accounts;

namespace Fitnessify.WebApi.Tests.Admin;

public sealed class SetUserRolesTests
{
    [Test]
    public async Task Granted_and_removed_roles_apply_at_once_to_existing_tokens()
    {
        var (admin, user) = (await Api.Shared.SignedInAsAsync(Roles.Admin), await Api.Shared.SignedInAsync());
        var id = await user.IdAsync();
        Assert.That(await user.OutcomeOfAsync(AdminCalls.Users), Is.EqualTo("403 permission_denied"));

        using var granted = await admin.PutAsync(
            $"{AdminCalls.Users}/{id}/roles",
            new { roles = (string[])["support"] }
        );
        var changed = await granted.JsonAsync();
        Assert.That(changed.Texts("roles"), Is.EqualTo(["member", "support"]));
        Assert.That(changed.Texts("permissions"), Is.EqualTo(["audit:read", "users:read"]));
        Assert.That(await user.OutcomeOfAsync(AdminCalls.Users), Is.EqualTo("200"));
        Assert.That(
            (await user.ReadJsonAsync(ApiClient.Me)).Texts("permissions"),
            Is.EqualTo(["audit:read", "users:read"])
        );

        Assert.That(await admin.ActAsync("roles", id, "support"), Is.EqualTo("200"), "A retry changes nothing.");
        Assert.That(await admin.ActAsync("roles", id), Is.EqualTo("200"));
        Assert.That(await user.OutcomeOfAsync(AdminCalls.Users), Is.EqualTo("403 permission_denied"));
        Assert.That((await user.ReadJsonAsync(ApiClient.Me)).Texts("roles"), Is.EqualTo(["member"]));
    }

    [Test]
    public async Task Records_actor_and_subject_and_hides_the_address_of_the_actor_from_the_subject()
    {
        var (admin, user) = (await Api.Shared.SignedInAsAsync(Roles.Admin), await Api.Shared.SignedInAsync());
        var (actor, subject) = (await admin.IdAsync(), await user.IdAsync());

        await admin.ActAsync("roles", subject, "support");

        var recorded = (await admin.ReadJsonAsync($"{AdminCalls.AuditEvents}?userId={subject}")).Items().First();
        var seen = (await user.ReadJsonAsync(ApiClient.Events)).Items().First();
        foreach (var item in (System.Text.Json.JsonElement[])[recorded, seen])
        {
            Assert.That(item.Text("type"), Is.EqualTo("rolesChanged"));
            Assert.That(item.Text("outcome"), Is.EqualTo("succeeded"));
            Assert.That(item.Text("actorId"), Is.EqualTo($"{actor}"));
            Assert.That(item.Text("subjectId"), Is.EqualTo($"{subject}"));
        }

        Assert.That(
            (recorded.Text("ipAddress"), recorded.Text("sessionId")),
            Is.EqualTo(("127.0.0.1", $"{admin.SessionId}"))
        );
        Assert.That((seen.Text("ipAddress"), seen.Text("sessionId")), Is.EqualTo(((string?)null, (string?)null)));
    }

    [TestCase("""{"roles":["king"]}""", "#/roles/0 not_allowed")]
    [TestCase("""{"roles":["member","Admin"]}""", "#/roles/1 not_allowed")]
    [TestCase("""{"roles":[null]}""", "#/roles/0 not_allowed")]
    [TestCase("""{"roles":["support","support"]}""", "#/roles duplicate")]
    [TestCase("""{"roles":null}""", "#/roles required")]
    [TestCase("""{}""", "#/roles required")]
    [TestCase("""{"roles":"admin"}""", "#/roles invalid_type")]
    public async Task Refuses_invalid_roles(string body, string error)
    {
        var (admin, user) = (await Api.Shared.SignedInAsAsync(Roles.Admin), await Api.Shared.SignedInAsync());
        var path = $"{AdminCalls.Users}/{await user.IdAsync()}/roles";
        using var response = await admin.SendRawAsync(
            "PUT",
            path,
            System.Text.Encoding.UTF8.GetBytes(body),
            "application/json"
        );
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("400 validation_failed"));
        Assert.That(await response.ErrorsAsync(), Is.EqualTo((string[])[error]));
    }

    [Test]
    public async Task An_actor_cannot_grant_a_permission_that_they_lack()
    {
        await Api.Shared.AddRoleAsync("granter", Permissions.ManageRoles);
        var (granter, user) = (await Api.Shared.SignedInAsAsync("granter"), await Api.Shared.SignedInAsync());
        var (self, other) = (await granter.IdAsync(), await user.IdAsync());

        Assert.That(await granter.ActAsync("roles", other, "admin"), Is.EqualTo("403 permission_denied"));
        Assert.That(await granter.ActAsync("roles", self, "granter", "admin"), Is.EqualTo("403 permission_denied"));
        Assert.That(await granter.ActAsync("roles", other, "granter"), Is.EqualTo("200"));
    }

    [Test]
    public async Task Fails_with_not_found_for_an_unknown_user()
    {
        var admin = await Api.Shared.SignedInAsAsync(Roles.Admin);
        foreach (var act in (string[])[.. AdminCalls.Acts, "roles", "delete"])
        {
            Assert.That(await admin.ActAsync(act, Guid.NewGuid()), Is.EqualTo("404 not_found"), act);
        }
    }
}

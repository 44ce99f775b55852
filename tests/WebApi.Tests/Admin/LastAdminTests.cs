using Fitnessify.Domain.Accounts;
using Fitnessify.Infrastructure.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.WebApi.Tests.Admin;

/// <summary>Each test has its own server, because shared ones always have other admins.</summary>
public sealed class LastAdminTests
{
    private const string LastAdmin = "409 last_admin";

    private Api _api = null!;

    [SetUp]
    public void Start() => _api = Api.Start();

    [TearDown]
    public async Task StopAsync() => await _api.DisposeAsync();

    [TestCase("roles")]
    [TestCase("disable")]
    [TestCase("delete")]
    public async Task The_last_admin_cannot_be_removed_by_themselves_or_by_another(string act)
    {
        await _api.AddRoleAsync("deputy", [.. Permissions.All]);
        var (admin, deputy) = (await _api.SignedInAsAsync(Roles.Admin), await _api.SignedInAsAsync("deputy"));
        var id = await admin.IdAsync();

        Assert.That(
            await admin.ActAsync(act, id, Roles.Support),
            Is.EqualTo(act == "delete" ? "403 permission_denied" : LastAdmin)
        );
        Assert.That(await deputy.ActAsync(act, id, Roles.Support), Is.EqualTo(LastAdmin));

        Assert.That((await admin.ReadJsonAsync($"{AdminCalls.Users}/{id}")).Texts("roles"), Does.Contain("admin"));
        var events = await admin.ReadJsonAsync($"{AdminCalls.AuditEvents}?userId={id}");
        Assert.That(
            events.Items().Select(item => item.Text("type")),
            Is.EqualTo(["rolesChanged", "signedIn", "registered"])
        );
    }

    [Test]
    public async Task The_last_admin_cannot_delete_their_own_account()
    {
        var admin = await _api.SignedInAsAsync(Roles.Admin);
        using var refused = await admin.PostAsync(ApiClient.Deletion, new { password = Person.GoodPassword });
        Assert.That(await refused.OutcomeAsync(), Is.EqualTo(LastAdmin));

        var other = await _api.SignedInAsAsync(Roles.Admin);
        Assert.That(await other.ActAsync("disable", await other.IdAsync()), Is.EqualTo("204"));
        using var again = await admin.PostAsync(ApiClient.Deletion, new { password = Person.GoodPassword });
        Assert.That(await again.OutcomeAsync(), Is.EqualTo(LastAdmin), "A disabled admin does not count.");

        await _api.SignedInAsAsync(Roles.Admin);
        using var deleted = await admin.PostAsync(ApiClient.Deletion, new { password = Person.GoodPassword });
        Assert.That(await deleted.OutcomeAsync(), Is.EqualTo("204"));
    }

    [TestCase("roles", TestName = "{m}(each demotes themself)")]
    [TestCase("disable", TestName = "{m}(each disables themself)")]
    [TestCase("roles next", TestName = "{m}(each demotes the next)")]
    [TestCase("disable next", TestName = "{m}(each disables the next)")]
    [TestCase("delete next", TestName = "{m}(each deletes the next)")]
    [TestCase("leave", TestName = "{m}(each deletes their own account)")]
    [TestCase("mixed", TestName = "{m}(all actions mixed)")]
    public async Task One_admin_remains_after_twenty_concurrent_attempts(string what)
    {
        var admins = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _api.SignedInAsAsync(Roles.Admin)));
        var ids = await Task.WhenAll(admins.Select(admin => admin.IdAsync()));
        string[] mix = ["roles", "disable next", "roles next", "leave", "delete next", "disable"];

        var outcomes = await Task.WhenAll(
            admins.Select(
                async (admin, i) =>
                {
                    var act = what == "mixed" ? mix[i % mix.Length] : what;
                    if (act == "leave")
                    {
                        using var left = await admin.PostAsync(
                            ApiClient.Deletion,
                            new { password = Person.GoodPassword }
                        );
                        return await left.OutcomeAsync();
                    }

                    var subject = act.EndsWith("next", StringComparison.Ordinal) ? ids[(i + 1) % ids.Length] : ids[i];
                    return await admin.ActAsync(act.Split(' ')[0], subject, Roles.Member);
                }
            )
        );

        string[] expected = ["200", "204", LastAdmin, "403 permission_denied", "401 session_revoked", "404 not_found"];
        Assert.That(outcomes, Is.All.AnyOf([.. expected]));
        Assert.That(await CountActiveAdminsAsync(), Is.AtLeast(1));
        if (!what.EndsWith("next", StringComparison.Ordinal) && what != "mixed")
        {
            // Admins remove only their own permission here: all but one succeed, and the last one gets the reason.
            Assert.That(await CountActiveAdminsAsync(), Is.EqualTo(1));
            Assert.That(outcomes, Has.One.EqualTo(LastAdmin));
        }
    }

    private async Task<int> CountActiveAdminsAsync()
    {
        var count = 0;
        await _api.InDatabaseAsync(async context =>
            count = await (
                from membership in context.UserRoles
                join role in context.Roles on membership.RoleId equals role.Id
                join user in context.Accounts on membership.UserId equals user.Id
                where role.Name == Roles.Admin && user.DisabledAt == null
                select user
            ).CountAsync()
        );
        return count;
    }
}

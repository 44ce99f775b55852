using Fitnessify.Application.Admin;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Admin;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using MediatR;
using Microsoft.AspNetCore.Identity;

namespace Fitnessify.Application.Tests.Admin;

/// <summary>These rules hold for every admin action. WebApi.Tests checks on separate servers that one admin always remains.</summary>
public sealed class AdminUnitOfWorkTests : AdminTests
{
    // Each of these roles has one permission and exists in the shared database.
    private static readonly string Warden = $"warden-{Guid.NewGuid():N}";
    private static readonly string Granter = $"granter-{Guid.NewGuid():N}";

    private static readonly Dictionary<string, Act> Acts = new Act[]
    {
        new(id => new DeleteUserCommand(id), AuditEventType.AccountDeleted, Warden, Granter),
        new(id => new DisableUserCommand(id), AuditEventType.AccountDisabled, Warden, Granter),
        new(id => new EnableUserCommand(id), AuditEventType.AccountEnabled, Warden, Granter),
        new(id => new ResetMfaCommand(id), AuditEventType.MfaReset, Warden, Granter),
        new(id => new SetUserRolesCommand(id, new RolesInput([])), AuditEventType.RolesChanged, Granter, Warden),
        new(id => new SignOutUserCommand(id), AuditEventType.AllSessionsEnded, Warden, Granter),
        new(id => new UnlockUserCommand(id), AuditEventType.AccountUnlocked, Warden, Granter),
    }.ToDictionary(act => act.Type.ToString());

    private static readonly string[] Names = [.. Acts.Keys];

    [OneTimeSetUp]
    public static async Task AddRoles()
    {
        await using var server = TestRun.Database.Start();
        await server.InDatabaseAsync(async context =>
        {
            foreach (
                var (name, permission) in new[]
                {
                    (Warden, Permissions.ManageUsers),
                    (Granter, Permissions.ManageRoles),
                }
            )
            {
                var role = new IdentityRole<Guid>(name) { Id = Guid.NewGuid(), NormalizedName = name };
                context.Add(role);
                context.Add(
                    new IdentityRoleClaim<Guid>
                    {
                        RoleId = role.Id,
                        ClaimType = "permission",
                        ClaimValue = permission,
                    }
                );
            }

            await context.SaveChangesAsync();
        });
    }

    [TestCaseSource(nameof(Names))]
    public async Task Each_action_requires_only_its_permission_and_is_recorded_with_its_actor_in_one_save(string name)
    {
        var act = Acts[name];
        await BecomeAsync(act.OtherRole);
        Assert.That(await ErrorOfAsync(act.On(User.UserId)), Is.EqualTo(AdminErrors.PermissionDenied));
        Assert.That(await Records.AccountAsync(User.UserId), Is.EqualTo(User));
        Assert.That(await RecordedAsync(User.UserId), Is.Empty);
        await BecomeAsync(act.Role);
        var before = Saves.Count;

        Assert.That(await ErrorOfAsync(act.On(User.UserId)), Is.Null);

        Assert.That(Saves.Count - before, Is.EqualTo(1));
        var session = Server.Caller.Session!.Id;
        Assert.That(
            await RecordedAsync(User.UserId),
            Is.EqualTo([new RecordedEvent(act.Type, AuditOutcome.Succeeded, Admin.UserId, User.UserId, session)])
        );
        await AssertTimeAndAddressAsync(User.UserId);
    }

    [TestCaseSource(nameof(Names))]
    public async Task No_action_is_allowed_on_a_user_with_more_permissions(string name)
    {
        var act = Acts[name];
        await AdministerAsync(port => port.SetRoles(User.UserId, [act.OtherRole, Roles.Member]));
        await BecomeAsync(act.Role);

        Assert.That(await ErrorOfAsync(act.On(User.UserId)), Is.EqualTo(AdminErrors.PermissionDenied));

        Assert.That((await Records.UserAsync(User.UserId))!.Roles, Does.Contain(act.OtherRole));
        Assert.That(await RecordedAsync(User.UserId), Has.None.Property(nameof(RecordedEvent.Type)).EqualTo(act.Type));
    }

    [Test]
    public async Task An_actor_cannot_grant_a_permission_that_they_lack()
    {
        await BecomeAsync(Granter);

        await FailsAsync(
            new SetUserRolesCommand(User.UserId, new RolesInput([Roles.Support])),
            AdminErrors.PermissionDenied.Code
        );

        Assert.That((await Records.UserAsync(User.UserId))!.Roles, Is.EqualTo([Roles.Member]));
    }

    [TestCaseSource(nameof(Names))]
    public async Task Each_action_fails_with_not_found_for_an_unknown_user(string name)
    {
        var act = Acts[name];
        var unknownId = Guid.NewGuid();

        Assert.That(await ErrorOfAsync(act.On(unknownId)), Is.EqualTo(CommonErrors.NotFound));

        Assert.That(await RecordedAsync(unknownId), Has.None.Property(nameof(RecordedEvent.Type)).EqualTo(act.Type));
    }

    // Users who do these things to their own account have to give a password and a code.
    [TestCase(nameof(AuditEventType.AccountDeleted))]
    [TestCase(nameof(AuditEventType.MfaReset))]
    public async Task Admins_cannot_bypass_the_checks_for_their_own_account(string name)
    {
        await AdministerAsync(port => port.SetRoles(User.UserId, [Roles.Admin]));

        Assert.That(await ErrorOfAsync(Acts[name].On(Admin.UserId)), Is.EqualTo(AdminErrors.PermissionDenied));

        Assert.That(await Records.AccountAsync(Admin.UserId), Is.Not.Null);
    }

    private Task BecomeAsync(string role) => AdministerAsync(port => port.SetRoles(Admin.UserId, [role, Roles.Member]));

    private sealed record Act(Func<Guid, IBaseRequest> On, AuditEventType Type, string Role, string OtherRole);
}

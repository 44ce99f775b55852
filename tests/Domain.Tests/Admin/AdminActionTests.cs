using Fitnessify.Domain.Admin;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Domain.Tests.Admin;

public sealed class AdminActionTests
{
    private static readonly Guid Actor = Guid.NewGuid();
    private static readonly Guid Subject = Guid.NewGuid();

    // These are the permissions of the actor, of the subject and of the new roles; null stands for no user.
    private static readonly TestCaseData[] Cases =
    [
        new TestCaseData("manage read", "", "", null).SetArgDisplayNames("on a user with fewer permissions"),
        new TestCaseData("manage read", "manage read", "", null).SetArgDisplayNames(
            "on a user with the same permissions"
        ),
        new TestCaseData("manage", "read", "", AdminErrors.PermissionDenied).SetArgDisplayNames(
            "on a user with more permissions"
        ),
        new TestCaseData("manage", "", "read", AdminErrors.PermissionDenied).SetArgDisplayNames(
            "grants permissions that the actor lacks"
        ),
        new TestCaseData("manage read", "", "read", null).SetArgDisplayNames("grants permissions that the actor has"),
        new TestCaseData("read", "", "", AdminErrors.PermissionDenied).SetArgDisplayNames("without the permission"),
        new TestCaseData("read", null, "", AdminErrors.PermissionDenied).SetArgDisplayNames(
            "without the permission, on an unknown user"
        ),
        new TestCaseData("manage", null, "", CommonErrors.NotFound).SetArgDisplayNames("on an unknown user"),
        new TestCaseData(null, "", "", SessionErrors.SessionRevoked).SetArgDisplayNames("by a deleted user"),
    ];

    [TestCaseSource(nameof(Cases))]
    public void An_action_is_authorized_by_the_permissions_of_actor_and_subject(
        string? actor,
        string? subject,
        string granted,
        Error? expected
    ) =>
        Assert.That(
            new AdminAction(Actor, Subject, "manage").Authorize(
                Of(actor),
                Of(subject),
                granted.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            ),
            Is.EqualTo(expected)
        );

    [Test]
    public void A_disabled_actor_is_refused() =>
        Assert.That(
            new AdminAction(Actor, Subject, "manage").Authorize(Of("manage")! with { IsActive = false }, Of(""), []),
            Is.EqualTo(SessionErrors.SessionRevoked)
        );

    [Test]
    public void The_operator_may_act_on_every_existing_user()
    {
        var act = new AdminAction(null, Subject, Roles: ["admin"]);
        Assert.That(act.Authorize(null, Of("manage"), ["manage"]), Is.Null);
        Assert.That(act.Authorize(null, null, []), Is.EqualTo(CommonErrors.NotFound));
    }

    [Test]
    public void Every_user_may_act_on_their_own_account()
    {
        var act = new AdminAction(Actor, Actor);
        Assert.That(act.Authorize(Of(""), Of(""), []), Is.Null);
        Assert.That(act.Authorize(null, null, []), Is.EqualTo(SessionErrors.SessionRevoked));
    }

    [Test]
    public void An_action_that_would_bypass_the_reauthentication_is_refused_on_the_own_account_only()
    {
        var own = new AdminAction(Actor, Actor, "manage", IsForOthersOnly: true);
        Assert.That(own.Authorize(Of("manage"), Of("manage"), []), Is.EqualTo(AdminErrors.PermissionDenied));
        Assert.That((own with { IsForOthersOnly = false }).Authorize(Of("manage"), Of("manage"), []), Is.Null);
        Assert.That((own with { SubjectId = Subject }).Authorize(Of("manage"), Of("manage"), []), Is.Null);
        Assert.That((own with { ActorId = null }).Authorize(null, Of("manage"), []), Is.Null, "by the operator");
    }

    private static EffectivePermissions? Of(string? permissions) =>
        permissions is null
            ? null
            : new EffectivePermissions(true, permissions.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet());
}

using Fitnessify.Domain.Admin;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Domain.Tests.Admin;

public sealed class AdminActionTests
{
    private static readonly Guid Actor = Guid.NewGuid();
    private static readonly Guid Subject = Guid.NewGuid();

    // Permissions of the actor, of the subject and of the new roles; null is nobody.
    private static readonly TestCaseData[] Cases =
    [
        new TestCaseData("manage read", "", "", null).SetArgDisplayNames("on somebody with less"),
        new TestCaseData("manage read", "manage read", "", null).SetArgDisplayNames("on an equal"),
        new TestCaseData("manage", "read", "", AdminErrors.PermissionDenied).SetArgDisplayNames(
            "on somebody with more"
        ),
        new TestCaseData("manage", "", "read", AdminErrors.PermissionDenied).SetArgDisplayNames("grants more"),
        new TestCaseData("manage read", "", "read", null).SetArgDisplayNames("grants the same"),
        new TestCaseData("read", "", "", AdminErrors.PermissionDenied).SetArgDisplayNames("without the permission"),
        new TestCaseData("read", null, "", AdminErrors.PermissionDenied).SetArgDisplayNames(
            "does not learn who is there"
        ),
        new TestCaseData("manage", null, "", CommonErrors.NotFound).SetArgDisplayNames("on nobody"),
        new TestCaseData(null, "", "", SessionErrors.SessionRevoked).SetArgDisplayNames("by somebody who is gone"),
    ];

    [TestCaseSource(nameof(Cases))]
    public void Is_judged(string? actor, string? subject, string granted, Error? expected) =>
        Assert.That(
            new AdminAction(Actor, Subject, "manage").Authorize(
                Of(actor),
                Of(subject),
                granted.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            ),
            Is.EqualTo(expected)
        );

    [Test]
    public void A_disabled_actor_may_nothing() =>
        Assert.That(
            new AdminAction(Actor, Subject, "manage").Authorize(Of("manage")! with { IsActive = false }, Of(""), []),
            Is.EqualTo(SessionErrors.SessionRevoked)
        );

    [Test]
    public void The_operator_may_all_to_whom_there_is()
    {
        var act = new AdminAction(null, Subject, Roles: ["admin"]);
        Assert.That(act.Authorize(null, Of("manage"), ["manage"]), Is.Null);
        Assert.That(act.Authorize(null, null, []), Is.EqualTo(CommonErrors.NotFound));
    }

    [Test]
    public void Everybody_may_leave()
    {
        var act = new AdminAction(Actor, Actor);
        Assert.That(act.Authorize(Of(""), Of(""), []), Is.Null);
        Assert.That(act.Authorize(null, null, []), Is.EqualTo(SessionErrors.SessionRevoked));
    }

    private static EffectivePermissions? Of(string? permissions) =>
        permissions is null
            ? null
            : new EffectivePermissions(true, permissions.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet());
}

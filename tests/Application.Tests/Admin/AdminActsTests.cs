using Fitnessify.Application.Admin;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Admin;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Users;

namespace Fitnessify.Application.Tests.Admin;

public sealed class AdminActsTests
{
    private readonly Ports _ports = new();
    private readonly Guid _subject = Guid.NewGuid();

    [Test]
    public async Task Guards_the_act_of_the_current_user_records_it_and_saves_once()
    {
        var acts = new AdminActs(_ports, _ports, _ports, _ports, _ports, Given.Clock());

        var saved = await acts.SaveAsync(
            _subject,
            Permissions.ManageUsers,
            AuditEventType.AccountDisabled,
            default,
            ["member"]
        );

        Assert.That(saved.IsSuccess, Is.True);
        Assert.That(_ports.Steps, Is.EqualTo(["guard", "audit AccountDisabled", "save"]));
        var act = _ports.Acts.Single();
        Assert.That(
            (act.ActorId, act.SubjectId, act.Permission),
            Is.EqualTo(((Guid?)_ports.Id, _subject, Permissions.ManageUsers))
        );
        Assert.That(act.Roles, Is.EqualTo(["member"]));
        Assert.That(
            _ports.Events,
            Is.EqualTo([
                new Event(
                    AuditEventType.AccountDisabled,
                    AuditOutcome.Succeeded,
                    _ports.Id,
                    _subject,
                    _ports.SessionId
                ),
            ])
        );
    }

    [Test]
    public async Task Records_nothing_that_is_refused()
    {
        _ports.Saved = AdminErrors.LastAdmin;
        var acts = new AdminActs(_ports, _ports, _ports, _ports, _ports, Given.Clock());

        var saved = await acts.SaveAsync(_subject, Permissions.ManageUsers, AuditEventType.AccountDisabled, default);

        Assert.That(saved.Error, Is.EqualTo(AdminErrors.LastAdmin));
        Assert.That(_ports.Events, Is.Empty);
    }
}

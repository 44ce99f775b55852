using Fitnessify.Application.Sessions;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Tests.Sessions;

public sealed class EndOtherSessionsTests
{
    private readonly Ports _ports = new();
    private readonly StoredSessions _sessions;
    private readonly Session _asking;

    public EndOtherSessionsTests()
    {
        _sessions = new StoredSessions(_ports);
        _asking = _sessions.Store(Given.Session(_ports.Id));
        _ports.SessionId = _asking.Id;
    }

    [Test]
    public async Task Ends_all_own_sessions_but_the_one_that_asks()
    {
        var tablet = _sessions.Store(Given.Session(_ports.Id, "Tablet", Given.Now.AddHours(-2)));
        var laptop = _sessions.Store(Given.Session(_ports.Id, null, Given.Now.AddHours(-3)));
        var foreign = _sessions.Store(Given.Session(Guid.NewGuid()));

        var result = await EndAsync();

        Assert.That(result.IsSuccess, Is.True);
        Assert.That(
            new[] { _asking, tablet, laptop, foreign }.Select(session => _sessions.Row(session).RevokedReason),
            Is.EqualTo(new SessionEnd?[] { null, SessionEnd.EndedElsewhere, SessionEnd.EndedElsewhere, null })
        );
        Assert.That(_ports.Events, Is.EqualTo([EndOf(tablet), EndOf(laptop)]));
        Assert.That(_ports.Steps, Is.EqualTo(["audit SessionEnded", "audit SessionEnded", "save"]));
    }

    [Test]
    public async Task Is_content_when_there_is_no_other()
    {
        var result = await EndAsync();

        Assert.That(result.IsSuccess, Is.True);
        Assert.That(_ports.Events, Is.Empty);
    }

    [Test]
    public async Task Passes_on_what_saving_says()
    {
        _ports.Saved = Given.Failure;

        var result = await EndAsync();

        Assert.That(result.Error, Is.EqualTo(Given.Failure));
    }

    private Event EndOf(Session session) =>
        new(AuditEventType.SessionEnded, AuditOutcome.Succeeded, _ports.Id, _ports.Id, session.Id, session.Device);

    private Task<Result> EndAsync() =>
        new EndOtherSessionsHandler(
            new OtherSessions(_ports, _sessions, _ports, _ports, Given.Clock()),
            _sessions
        ).Handle(new EndOtherSessionsCommand(), CancellationToken.None);
}

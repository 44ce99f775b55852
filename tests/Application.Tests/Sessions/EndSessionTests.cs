using Fitnessify.Application.Sessions;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Tests.Sessions;

public sealed class EndSessionTests
{
    private readonly Ports _ports = new();
    private readonly StoredSessions _sessions;
    private readonly Session _asking;
    private readonly Session _other;

    public EndSessionTests()
    {
        _sessions = new StoredSessions(_ports);
        _asking = _sessions.Store(Given.Session(_ports.Id, "Pixel 9"));
        _other = _sessions.Store(Given.Session(_ports.Id, "Tablet"));
        _ports.SessionId = _asking.Id;
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Ends_one_of_the_own_sessions_the_asking_one_too_and_tells_the_audit_trail(bool isAsking)
    {
        var (ended, kept) = isAsking ? (_asking, _other) : (_other, _asking);

        var result = await EndAsync(ended);

        var row = _sessions.Row(ended);
        Assert.That(result.IsSuccess, Is.True);
        Assert.That((row.RevokedReason, row.RevokedAt), Is.EqualTo((SessionEnd.EndedElsewhere, Given.Now)));
        Assert.That(_sessions.Row(kept).RevokedAt, Is.Null);
        Assert.That(
            _ports.Events,
            Is.EqualTo([
                new Event(
                    AuditEventType.SessionEnded,
                    AuditOutcome.Succeeded,
                    _ports.Id,
                    _ports.Id,
                    ended.Id,
                    ended.Device
                ),
            ])
        );
    }

    [Test]
    public async Task Finds_no_session_that_is_foreign_unknown_expired_or_has_ended()
    {
        var foreign = _sessions.Store(Given.Session(Guid.NewGuid()));
        var unknown = Given.Session(_ports.Id);
        var expired = _sessions.Store(Given.Session(_ports.Id, startedAt: Given.Now.AddDays(-30)));
        var ended = Given.Session(_ports.Id);
        ended.Revoke(SessionEnd.SignedOut, Given.Now.AddMinutes(-1));
        _sessions.Store(ended);

        foreach (var session in new[] { foreign, unknown, expired, ended })
        {
            var result = await EndAsync(session);
            Assert.That(result.Error, Is.EqualTo(CommonErrors.NotFound));
        }

        Assert.That(_sessions.Row(foreign).RevokedAt, Is.Null);
        Assert.That(_ports.Steps, Is.Empty);
    }

    [Test]
    public async Task Passes_on_what_saving_says()
    {
        _ports.Saved = Given.Failure;

        var result = await EndAsync(_other);

        Assert.That(result.Error, Is.EqualTo(Given.Failure));
    }

    private Task<Result> EndAsync(Session session) =>
        new EndSessionHandler(_ports, _sessions, _ports, _ports, _sessions, Given.Clock()).Handle(
            new EndSessionCommand(session.Id),
            CancellationToken.None
        );
}

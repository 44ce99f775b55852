using Fitnessify.Application.Auth;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Tests.Auth;

public sealed class LogoutUserTests
{
    private static readonly Guid Owner = Guid.NewGuid();
    private static readonly string[] BadNames = [.. BadText.All.Select(bad => bad.Name)];

    private readonly Ports _ports = new();
    private readonly StoredSessions _sessions;
    private readonly Session _asking;
    private readonly Session _named;

    public LogoutUserTests()
    {
        _sessions = new StoredSessions(_ports);
        _asking = _sessions.Store(Given.Session(Owner, "Pixel 9"));
        _named = _sessions.Store(Given.Session(Owner, "Tablet"));
        _ports.SessionId = _asking.Id;
    }

    [Test]
    public async Task Ends_the_session_that_asks()
    {
        var result = await HandleAsync(null);

        Assert.That(result.IsSuccess, Is.True);
        HasEnded(_asking);
        Assert.That(_sessions.Row(_named).RevokedAt, Is.Null);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Ends_the_session_of_the_refresh_token_whoever_asks(bool isSignedIn)
    {
        _ports.IsSignedIn = isSignedIn;

        var result = await HandleAsync(StoredSessions.TokenOf(_named, 0));

        Assert.That(result.IsSuccess, Is.True);
        HasEnded(_named);
        Assert.That(_sessions.Row(_asking).RevokedAt, Is.Null);
    }

    [TestCase(true, "unreadable", "refresh_token_invalid")]
    [TestCase(false, "unreadable", "refresh_token_invalid")]
    [TestCase(false, "", "refresh_token_invalid")]
    [TestCase(false, null, "unauthenticated")]
    public async Task Refuses_who_names_no_session(bool isSignedIn, string? refreshToken, string code)
    {
        _ports.IsSignedIn = isSignedIn;

        var result = await HandleAsync(refreshToken);

        Assert.That(result.Error?.Code, Is.EqualTo(code));
        Assert.That(_sessions.Row(_asking).RevokedAt, Is.Null);
        Assert.That(_ports.Steps, Is.Empty);
    }

    [Test]
    public async Task Is_content_with_a_session_that_is_gone_has_ended_or_expired()
    {
        var gone = Given.Session(Owner);
        var expired = _sessions.Store(Given.Session(Owner, startedAt: Given.Now.AddDays(-30)));
        var ended = Given.Session(Owner);
        ended.Revoke(SessionEnd.TooMany, Given.Now.AddMinutes(-1));
        _sessions.Store(ended);

        foreach (var session in new[] { gone, expired, ended })
        {
            var result = await HandleAsync(StoredSessions.TokenOf(session, 0));
            Assert.That(result.IsSuccess, Is.True);
        }

        Assert.That(_ports.Events, Is.Empty);
        Assert.That(_sessions.Row(expired).RevokedAt, Is.Null);
        Assert.That(_sessions.Row(ended).RevokedReason, Is.EqualTo(SessionEnd.TooMany));
    }

    [Test]
    public async Task Passes_on_what_saving_says()
    {
        _ports.Saved = Given.Failure;

        var result = await HandleAsync(null);

        Assert.That(result.Error, Is.EqualTo(Given.Failure));
        Assert.That(_ports.Events, Is.Empty);
    }

    [TestCase(null)]
    [TestCase("CfDJ8-_x")]
    [TestCase("", TestName = "Refresh token, whether it is one of ours is not for the validator to say")]
    public void Takes_any_refresh_token(string? refreshToken) =>
        Assert.That(new LogoutUserValidator().ErrorsOf(new LogoutUserCommand(refreshToken)), Is.Empty);

    [TestCaseSource(nameof(BadNames))]
    public void No_refresh_token_holds(string badName)
    {
        var command = new LogoutUserCommand(BadText.All.Single(text => text.Name == badName).Text);

        Assert.That(new LogoutUserValidator().ErrorsOf(command), Is.EqualTo(["refreshToken: invalid_format"]));
    }

    private void HasEnded(Session session)
    {
        var row = _sessions.Row(session);
        Assert.That((row.RevokedReason, row.RevokedAt), Is.EqualTo((SessionEnd.SignedOut, Given.Now)));
        Assert.That(
            _ports.Events,
            Is.EqualTo([
                new Event(AuditEventType.SignedOut, AuditOutcome.Succeeded, Owner, Owner, session.Id, session.Device),
            ])
        );
    }

    private Task<Result> HandleAsync(string? refreshToken) =>
        new LogoutUserHandler(_sessions, _sessions, _ports, _ports, _sessions, Given.Clock()).Handle(
            new LogoutUserCommand(refreshToken),
            CancellationToken.None
        );
}

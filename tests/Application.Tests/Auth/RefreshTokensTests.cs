using Fitnessify.Application.Auth;
using Fitnessify.Application.Sessions;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using Microsoft.Extensions.Time.Testing;

namespace Fitnessify.Application.Tests.Auth;

public sealed class RefreshTokensTests
{
    private readonly Ports _ports = new() { IsSignedIn = false };
    private readonly FakeTimeProvider _clock = new(Given.Now.AddTicks(1234));
    private readonly StoredSessions _sessions;
    private readonly Session _session;

    public RefreshTokensTests()
    {
        _sessions = new StoredSessions(_ports);
        _session = _sessions.Store(Given.Session(Guid.NewGuid()));
    }

    [Test]
    public async Task Answers_with_the_next_tokens_and_a_new_term()
    {
        var result = await RefreshAsync(0);

        var expected = new TokensDto("Bearer", "access", 900, Token(1), Given.Now.AddDays(30), _session.Id);
        var row = _sessions.Row(_session);
        Assert.That(result.Value, Is.EqualTo(expected));
        Assert.That(
            (row.RefreshCounter, row.RefreshedAt, row.LastUsedAt, row.ExpiresAt),
            Is.EqualTo((1, Given.Now, Given.Now, Given.Now.AddDays(30)))
        );
    }

    [Test]
    public async Task Gives_the_same_successor_again_within_the_grace_time()
    {
        var first = await RefreshAsync(0);
        _clock.AdjustTime(Given.Now.AddSeconds(30).AddMilliseconds(-1));

        var again = await RefreshAsync(0);

        Assert.That(again.Value, Is.EqualTo(first.Value));
        Assert.That(_sessions.Row(_session).RefreshCounter, Is.EqualTo(1));
    }

    [Test]
    public async Task Ends_the_session_when_a_used_token_comes_back_after_the_grace_time()
    {
        await RefreshAsync(0);
        _clock.AdjustTime(Given.Now.AddSeconds(30));

        var result = await RefreshAsync(0);

        var row = _sessions.Row(_session);
        Assert.That(result.Error, Is.EqualTo(SessionErrors.RefreshTokenReused));
        Assert.That((row.RevokedReason, row.RevokedAt), Is.EqualTo((SessionEnd.RefreshReused, _clock.GetUtcNow())));
    }

    [Test]
    public async Task Tells_the_audit_trail_of_a_token_that_came_back_once()
    {
        await ReuseAsync();
        await RefreshAsync(0);

        var told = new Event(
            AuditEventType.RefreshReused,
            AuditOutcome.Failed,
            ActorId: null,
            _session.OwnerId,
            _session.Id,
            "Pixel 9"
        );
        Assert.That(_ports.Events, Is.EqualTo([told]));
    }

    [TestCase(0)]
    [TestCase(2)]
    public async Task Answers_every_token_of_an_ended_session_alike(int counter)
    {
        await ReuseAsync();

        var result = await RefreshAsync(counter);

        Assert.That(result.Error, Is.EqualTo(SessionErrors.RefreshTokenInvalid));
    }

    [Test]
    public async Task Passes_on_what_saving_the_end_says()
    {
        _ports.Saved = Given.Failure;

        var result = await ReuseAsync();

        Assert.That(result.Error, Is.EqualTo(Given.Failure));
        Assert.That(_sessions.Row(_session).RevokedAt, Is.Null);
    }

    [Test]
    public async Task Gives_both_of_two_refreshes_at_once_the_same_successor()
    {
        Result<TokensDto>? quicker = null;
        _sessions.Meanwhile = async () => quicker = await RefreshAsync(0);

        var slower = await RefreshAsync(0);

        Assert.That(slower.Value?.RefreshToken, Is.EqualTo(Token(1)));
        Assert.That(quicker?.Value, Is.EqualTo(slower.Value));
        Assert.That(_sessions.Row(_session).RefreshCounter, Is.EqualTo(1));
    }

    [Test]
    public async Task Refreshes_no_session_that_ends_meanwhile()
    {
        _sessions.Meanwhile = () =>
        {
            _session.Revoke(SessionEnd.SignedOut, Given.Now);
            _sessions.Store(_session);
            return Task.CompletedTask;
        };

        var result = await RefreshAsync(0);

        Assert.That(result.Error, Is.EqualTo(SessionErrors.RefreshTokenInvalid));
        Assert.That(_sessions.Row(_session).RefreshCounter, Is.Zero);
    }

    [Test]
    public async Task Refuses_what_was_not_issued_here_and_what_names_no_session()
    {
        foreach (
            var token in new[] { "unreadable", StoredSessions.TokenOf(Given.Session(Guid.NewGuid()), 0), Token(1) }
        )
        {
            var result = await HandleAsync(token);
            Assert.That(result.Error, Is.EqualTo(SessionErrors.RefreshTokenInvalid), token);
        }

        Assert.That(_sessions.Row(_session).RevokedAt, Is.Null);
        Assert.That(_ports.Steps, Is.Empty);
    }

    [TestCase("x", "")]
    [TestCase(null, "refreshToken: required")]
    [TestCase("", "refreshToken: required")]
    [TestCase(" ", "refreshToken: required")]
    public void Needs_a_token(string? refreshToken, string error) =>
        Assert.That(
            new RefreshTokensValidator().ErrorTextOf(new RefreshTokensCommand(refreshToken!)),
            Is.EqualTo(error)
        );

    private async Task<Result<TokensDto>> ReuseAsync()
    {
        await RefreshAsync(0);
        await RefreshAsync(1);
        return await RefreshAsync(0);
    }

    private string Token(int counter) => StoredSessions.TokenOf(_session, counter);

    private Task<Result<TokensDto>> RefreshAsync(int counter) => HandleAsync(Token(counter));

    private Task<Result<TokensDto>> HandleAsync(string token) =>
        new RefreshTokensHandler(new SessionOptions(), _sessions, _sessions, _ports, _ports, _sessions, _clock).Handle(
            new RefreshTokensCommand(token),
            CancellationToken.None
        );
}

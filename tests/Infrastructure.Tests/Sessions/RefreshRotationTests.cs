using Fitnessify.Application.Auth;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Tests.Sessions;

/// <summary>Runs the refresh use case with the real adapters.</summary>
public sealed class RefreshRotationTests : IAsyncDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly Instance _server = TestRun.Database.Start();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Test]
    public async Task Two_hundred_concurrent_refreshes_on_two_instances_have_one_successor_that_works()
    {
        await using var other = TestRun.Database.Start();
        var (session, first) = await SignInAsync();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 200).Select(i => Task.Run(() => RefreshAsync(first, i % 2 == 0 ? _server : other)))
        );

        Assert.That(answers.Select(answer => answer.Error), Is.All.Null);
        var successors = answers.Select(answer => answer.Value!.RefreshToken).ToList();
        Assert.That(
            successors.Select(token => _server.Get<ISessionTokens>().Read(token)),
            Is.All.EqualTo(new RefreshClaim(session.Id, 1))
        );
        Assert.That((await FindAsync(session.Id)).RefreshCounter, Is.EqualTo(1));

        foreach (var token in successors)
        {
            Assert.That((await RefreshAsync(token)).IsSuccess, Is.True);
        }

        Assert.That((await FindAsync(session.Id)).RefreshCounter, Is.EqualTo(2));
    }

    [Test]
    public async Task After_a_lost_response_the_same_token_works_until_the_grace_period_ends()
    {
        var (session, first) = await SignInAsync();
        await RefreshAsync(first);
        _server.Clock.Advance(Grace - Moment);

        var again = await RefreshAsync(first);

        Assert.That((await RefreshAsync(again.Value!.RefreshToken)).IsSuccess, Is.True);
        Assert.That((await FindAsync(session.Id)).RefreshCounter, Is.EqualTo(2));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_reused_token_ends_the_session_and_is_recorded(bool restart)
    {
        var (session, first) = await SignInAsync();
        var second = (await RefreshAsync(first)).Value!.RefreshToken;
        await using var restarted = TestRun.Database.Start();
        var server = restart ? restarted : _server;
        Assert.That(await IsLiveAsync(session.Id, server), Is.True);
        var used = await _server.UseAsync(
            (ILiveSessions sessions) =>
                sessions.UseAsync(new AccessClaim(session.Id, 1), isWrite: true, default).AsTask()
        );
        Assert.That(used.Error, Is.Null);
        server.Clock.Advance(Grace);

        Assert.That((await RefreshAsync(first, server)).Error, Is.EqualTo(SessionErrors.RefreshTokenReused));

        Assert.That(await IsLiveAsync(session.Id, server), Is.False);
        Assert.That((await FindAsync(session.Id)).RevokedReason, Is.EqualTo(SessionEnd.RefreshReused));
        foreach (var token in (string[])[first, second])
        {
            Assert.That((await RefreshAsync(token, server)).Error, Is.EqualTo(SessionErrors.RefreshTokenInvalid));
        }

        var recorded = await _server.UseAsync(
            (IAuditTrail audit) => audit.ListAsync(session.OwnerId, new PageRequest(10, null), default)
        );
        var reuse = recorded.Value!.Items.Single(e => e.Type == AuditEventType.RefreshReused);
        Assert.That(
            (reuse.Type, reuse.Outcome, reuse.ActorId, reuse.SessionId, reuse.Device, reuse.IpAddress),
            Is.EqualTo(
                (
                    AuditEventType.RefreshReused,
                    AuditOutcome.Failed,
                    (Guid?)null,
                    session.Id,
                    session.Device,
                    server.Caller.IpAddress
                )
            )
        );
    }

    [Test]
    public async Task A_token_that_was_replaced_twice_is_reused_even_within_the_grace_period()
    {
        var (_, first) = await SignInAsync();
        await RefreshAsync((await RefreshAsync(first)).Value!.RefreshToken);

        Assert.That((await RefreshAsync(first)).Error, Is.EqualTo(SessionErrors.RefreshTokenReused));
    }

    [Test]
    public async Task The_newest_token_works_until_the_session_expires_even_after_a_restart()
    {
        var (session, first) = await SignInAsync();
        _server.Clock.Advance(TimeSpan.FromDays(30) - Moment);
        var answer = await RefreshAsync(first);
        Assert.That(
            answer.Value!.RefreshTokenExpiresAt - session.CreatedAt,
            Is.EqualTo(TimeSpan.FromDays(60) - Moment)
        );

        await using var restarted = TestRun.Database.Start();
        restarted.Clock.Advance(TimeSpan.FromDays(60) - Moment);
        Assert.That(
            (await RefreshAsync(answer.Value.RefreshToken, restarted)).Error,
            Is.EqualTo(SessionErrors.RefreshTokenInvalid)
        );
    }

    [TestCase("")]
    [TestCase("!")]
    [TestCase("CfDJ8")]
    public async Task A_text_that_is_not_a_token_is_refused(string token) =>
        Assert.That((await RefreshAsync(token)).Error?.Code, Is.AnyOf("validation_failed", "refresh_token_invalid"));

    private async Task<(Session Session, string RefreshToken)> SignInAsync()
    {
        var session = await _server.SignInAsync((await _server.SignUpAsync()).Id);
        return (session, _server.Get<ISessionTokens>().Issue(session, session.CreatedAt).RefreshToken);
    }

    private Task<Result<TokensDto>> RefreshAsync(string token, Instance? server = null) =>
        (server ?? _server).SendAsync(new RefreshTokensCommand(token));

    private Task<Session> FindAsync(Guid id) =>
        _server.UseAsync(
            (AppDbContext context) => context.Sessions.AsNoTracking().SingleAsync(session => session.Id == id)
        );

    private static Task<bool> IsLiveAsync(Guid id, Instance server) =>
        server.UseAsync(async (ILiveSessions sessions) => await sessions.FindAsync(id, default) is not null);
}

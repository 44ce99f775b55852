using Fitnessify.Application.Auth;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Tests.Auth;

public sealed class RefreshTokensTests : UseCaseTests
{
    private Session _session = null!;
    private string _first = "";

    [SetUp]
    public async Task SignIn()
    {
        _session = await Server.SignInAsync((await SignUpAsync()).UserId);
        Server.Caller.IpAddress = _session.IpAddress;
        _first = RefreshTokenOf(_session);
        Server.Clock.Advance(TimeSpan.FromHours(1));
    }

    [Test]
    public async Task Returns_the_next_tokens_and_extends_the_session()
    {
        var tokens = (await RefreshAsync(_first)).Value!;

        var row = await SessionAsync(_session);
        Assert.That(
            (tokens.TokenType, tokens.ExpiresIn, tokens.RefreshTokenExpiresAt, tokens.SessionId),
            Is.EqualTo(("Bearer", 900, Now.AddDays(30), _session.Id))
        );
        Assert.That(Server.Get<ISessionTokens>().Read(tokens.RefreshToken), Is.EqualTo(Claim(1)));
        Assert.That(
            (row.RefreshCounter, row.RefreshedAt, row.LastUsedAt, row.ExpiresAt),
            Is.EqualTo((1, Now, Now, Now.AddDays(30)))
        );
    }

    [Test]
    public async Task Returns_the_same_successor_again_within_the_grace_period()
    {
        await RefreshAsync(_first);
        Server.Clock.Advance(TimeSpan.FromSeconds(30) - TimeSpan.FromMilliseconds(1));

        var again = (await RefreshAsync(_first)).Value!;

        Assert.That(Server.Get<ISessionTokens>().Read(again.RefreshToken), Is.EqualTo(Claim(1)));
        Assert.That((await SessionAsync(_session)).RefreshCounter, Is.EqualTo(1));
    }

    [Test]
    public async Task Ends_the_session_when_a_used_token_is_reused_after_the_grace_period()
    {
        await RefreshAsync(_first);
        await UseAsync(1);
        Server.Clock.Advance(TimeSpan.FromSeconds(30));

        await FailsAsync(new RefreshTokensCommand(_first), "refresh_token_reused");

        var row = await SessionAsync(_session);
        Assert.That((row.RevokedReason, row.RevokedAt), Is.EqualTo((SessionEnd.RefreshReused, Now)));
    }

    [Test]
    public async Task Records_a_reused_token_once()
    {
        await ReuseAsync();
        await RefreshAsync(_first);

        var recorded = new RecordedEvent(
            AuditEventType.RefreshReused,
            AuditOutcome.Failed,
            ActorId: null,
            _session.OwnerId,
            _session.Id,
            _session.Device
        );
        Assert.That(await RecordedAsync(_session.OwnerId), Is.EqualTo([recorded]));
    }

    [TestCase(0)]
    [TestCase(2)]
    public async Task Responds_to_every_token_of_an_ended_session_alike(int counter)
    {
        var tokens = await ReuseAsync();

        await FailsAsync(new RefreshTokensCommand(tokens[counter]), "refresh_token_invalid");
    }

    [Test]
    public async Task Keeps_the_session_when_its_end_cannot_be_saved()
    {
        var second = (await RefreshAsync(_first)).Value!.RefreshToken;
        await RefreshAsync(second);
        Saves.Refusal = Given.Failure;

        Assert.That((await RefreshAsync(_first)).Error, Is.EqualTo(Given.Failure));

        Assert.That((await SessionAsync(_session)).RevokedAt, Is.Null);
    }

    [Test]
    public async Task Concurrent_refreshes_get_the_same_successor()
    {
        OnceAfterRead(() => RefreshAsync(_first));

        var slower = (await RefreshAsync(_first)).Value!;

        Assert.That(Server.Get<ISessionTokens>().Read(slower.RefreshToken), Is.EqualTo(Claim(1)));
        Assert.That((await SessionAsync(_session)).RefreshCounter, Is.EqualTo(1));
    }

    [Test]
    public async Task Does_not_refresh_a_session_that_ends_meanwhile()
    {
        OnceAfterRead(() => SendAsync(new LogoutUserCommand(_first)));

        await FailsAsync(new RefreshTokensCommand(_first), "refresh_token_invalid");

        Assert.That((await SessionAsync(_session)).RefreshCounter, Is.Zero);
    }

    [Test]
    public async Task Refuses_tokens_that_were_not_issued_here_or_name_no_session()
    {
        var other = await Server.SignInAsync(_session.OwnerId);
        var strangers = RefreshTokenOf(Given.Session(_session.OwnerId));
        // This changes only the copy in memory; the stored session still has its first token.
        _session.Refresh(new SessionLifetime(TimeSpan.FromDays(30), TimeSpan.FromDays(90), TimeSpan.FromDays(30)), Now);
        var ahead = RefreshTokenOf(_session);
        Assert.That(Server.Get<ISessionTokens>().Read(ahead), Is.EqualTo(Claim(1)));

        foreach (var token in new[] { "unreadable", strangers, ahead })
        {
            await FailsAsync(new RefreshTokensCommand(token), "refresh_token_invalid");
        }

        Assert.That((await SessionAsync(_session)).RevokedAt, Is.Null);
        Assert.That((await SessionAsync(other)).RevokedAt, Is.Null);
        Assert.That(await RecordedAsync(_session.OwnerId), Is.Empty);
    }

    [TestCase("x", "")]
    [TestCase(null, "refreshToken: required")]
    [TestCase("", "refreshToken: required")]
    [TestCase(" ", "refreshToken: required")]
    public void Requires_a_token(string? refreshToken, string error) =>
        Assert.That(
            new RefreshTokensValidator().ErrorTextOf(new RefreshTokensCommand(refreshToken!)),
            Is.EqualTo(error)
        );

    /// <summary>Runs an action after the session is read and before it is refreshed.</summary>
    private void OnceAfterRead(Func<Task> action) =>
        Server.Commands.OnceAfter(command => Commands.Names(command, "Sessions"), action);

    /// <summary>Issues three tokens; then the first one is reused.</summary>
    private async Task<string[]> ReuseAsync()
    {
        var second = (await RefreshAsync(_first)).Value!.RefreshToken;
        var third = (await RefreshAsync(second)).Value!.RefreshToken;
        await FailsAsync(new RefreshTokensCommand(_first), "refresh_token_reused");
        return [_first, second, third];
    }

    [Test]
    public async Task Replaces_the_tokens_of_a_lost_response_at_any_later_time()
    {
        var lost = (await RefreshAsync(_first)).Value!.RefreshToken;
        Server.Clock.Advance(TimeSpan.FromDays(1));

        var again = (await RefreshAsync(_first)).Value!.RefreshToken;

        Assert.That(Server.Get<ISessionTokens>().Read(again), Is.EqualTo(Claim(2)));
        Assert.That(await UseAsync(2), Is.Null);
        Assert.That((await RefreshAsync(again)).Error, Is.Null);
        await FailsAsync(new RefreshTokensCommand(lost), "refresh_token_reused");
    }

    [TestCase("refreshes first", "refresh_token_reused")]
    [TestCase("refreshes first and waits", "")]
    [TestCase("refreshes first and uses first", "refresh_token_reused")]
    [TestCase("refreshes first and uses last", "session_revoked")]
    public async Task Ends_the_session_once_both_the_device_and_a_thief_have_used_it(string thief, string end)
    {
        // The thief has a copy of the refresh token.
        var stolen = (await RefreshAsync(_first)).Value!.RefreshToken;
        if (thief == "refreshes first and uses first" || thief == "refreshes first")
        {
            await UseAsync(1);
        }

        Server.Clock.Advance(TimeSpan.FromMinutes(1));
        var device = await RefreshAsync(_first);
        var error = device.Error?.Code ?? (await UseAsync(2))?.Code;
        if (thief == "refreshes first and uses last")
        {
            error = (await UseAsync(1))?.Code == "refresh_token_reused" ? "session_revoked" : null;
            await SendAsync(new RevokeReusedSessionCommand(_session.Id));
        }

        Assert.That(error ?? "", Is.EqualTo(end));
        Assert.That((await SessionAsync(_session)).RevokedAt is not null, Is.EqualTo(end.Length > 0));
        Assert.That(
            (await RefreshAsync(stolen)).Error?.Code,
            Is.EqualTo(end.Length > 0 ? "refresh_token_invalid" : "refresh_token_reused")
        );
    }

    [Test]
    public async Task Stores_the_network_address_and_records_a_refresh_from_another_network()
    {
        var second = (await RefreshAsync(_first)).Value!.RefreshToken;
        Server.Caller.IpAddress = "198.51.100.7";

        Assert.That((await RefreshAsync(second)).Error, Is.Null);

        Assert.That((await SessionAsync(_session)).IpAddress, Is.EqualTo("198.51.100.7"));
        Assert.That(
            await RecordedAsync(_session.OwnerId),
            Is.EqualTo([RecordedEvent.Of(AuditEventType.SessionMoved, _session.OwnerId, _session.Id, _session.Device)])
        );
    }

    /// <summary>Checks an access token with this counter, as the authentication of the server does.</summary>
    private async Task<Error?> UseAsync(int counter) =>
        (
            await Server.UseAsync(
                (ILiveSessions sessions) =>
                    sessions.UseAsync(new AccessClaim(_session.Id, counter), isWrite: true, default).AsTask()
            )
        ).Error;

    private RefreshClaim Claim(int counter) => new(_session.Id, counter);

    private Task<Result<TokensDto>> RefreshAsync(string token) => SendAsync(new RefreshTokensCommand(token));
}

using Fitnessify.Application.Auth;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Tests.Auth;

/// <summary>The model of one session.</summary>
/// <param name="Now">The time since the sign-in.</param>
/// <param name="Counter">The counter of the newest tokens.</param>
/// <param name="Previous">The counter of the refresh token that was exchanged for them.</param>
/// <param name="IsUsed">Whether the newest access token has been used.</param>
/// <param name="RefreshedAt">The time since the sign-in when the newest tokens were issued.</param>
/// <param name="IsRevoked">Whether the session was ended before it expired.</param>
/// <param name="Reuses">The number of reused tokens.</param>
/// <param name="Answer">The response to the operation that led to this state.</param>
internal sealed record RefreshModel(
    TimeSpan Now,
    int Counter,
    int Previous,
    bool IsUsed,
    TimeSpan RefreshedAt,
    bool IsRevoked,
    int Reuses,
    string Answer
)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Idle = TimeSpan.FromDays(30);
    private static readonly TimeSpan Absolute = TimeSpan.FromDays(40);

    public static RefreshModel AtSignIn => new(TimeSpan.Zero, 0, -1, true, TimeSpan.Zero, false, 0, "");

    public bool IsLive => !IsRevoked && Now < RefreshedAt + Idle && Now < Absolute;

    public RefreshModel Refresh(int counter) =>
        !IsLive || counter > Counter ? this with { Answer = "refresh_token_invalid" }
        : counter == Counter ? Issue() with { Previous = Counter }
        : counter != Previous ? Reused("refresh_token_reused")
        : Now < RefreshedAt + Grace ? this with { Answer = $"{Counter}" }
        : IsUsed ? Reused("refresh_token_reused")
        : Issue();

    public RefreshModel Use(int counter) =>
        !IsLive ? this with { Answer = "session_revoked" }
        : counter > Counter || counter < Previous ? this with { Answer = "token_expired" }
        : counter == Counter ? this with { IsUsed = true, Answer = "good" }
        : counter == Previous ? this with { Answer = "good" }
        : Reused("session_revoked");

    private RefreshModel Issue() =>
        this with
        {
            Counter = Counter + 1,
            IsUsed = false,
            RefreshedAt = Now,
            Answer = $"{Counter + 1}",
        };

    private RefreshModel Reused(string answer) => this with { IsRevoked = true, Reuses = Reuses + 1, Answer = answer };
}

/// <summary>One session on two instances of the server, each of which has its own cache.</summary>
internal sealed class RefreshSystem
{
    private readonly Instance[] _servers;
    private readonly Session _session;
    private readonly Dictionary<int, string> _tokens = [];

    public RefreshSystem(params Instance[] servers)
    {
        _servers = servers;
        _session = servers[0]
            .SignInAsync(servers[0].SignUpAsync().GetAwaiter().GetResult().Id)
            .GetAwaiter()
            .GetResult();
        _tokens[0] = TokenOf(_session);
    }

    public Instance First => _servers[0];

    public async Task<Session> RowAsync() =>
        (await new Records(First).SessionsAsync(_session.OwnerId)).Single(row => row.Id == _session.Id);

    public async Task<int> ReusesAsync() =>
        (await new Records(First).EventsAsync(_session.OwnerId)).Count(e => e.Type == AuditEventType.RefreshReused);

    /// <summary>Advances the clocks so far that each instance knows what the other does.</summary>
    public void Advance(TimeSpan time) => Array.ForEach(_servers, server => server.Clock.Advance(time));

    public Task EndAsync() => First.SendAsync(new LogoutUserCommand(_tokens[0]));

    /// <summary>Returns the counter of the token in the response, or the error code.</summary>
    public async Task<string> RefreshAsync(int counter, int server)
    {
        var result = await _servers[server].SendAsync(new RefreshTokensCommand(await TokenAsync(counter)));
        if (!result.IsSuccess)
        {
            return result.Error.Code;
        }

        var claim = First.Get<ISessionTokens>().Read(result.Value.RefreshToken)!.Value;
        _tokens[claim.Counter] = result.Value.RefreshToken;
        return $"{claim.Counter}";
    }

    /// <summary>Uses the access token with this counter, as the authentication of the server does.</summary>
    public async Task<string> UseAsync(int counter, int server, bool isWrite)
    {
        var claim = new AccessClaim(_session.Id, counter);
        var found = await _servers[server]
            .UseAsync((ILiveSessions sessions) => sessions.UseAsync(claim, isWrite, default).AsTask());
        if (found.Error != SessionErrors.RefreshTokenReused)
        {
            return found.Error?.Code ?? "good";
        }

        await _servers[server].SendAsync(new RevokeReusedSessionCommand(_session.Id));
        return "session_revoked";
    }

    // A token that has not been issued yet comes from a copy of the session that only this test has.
    private async Task<string> TokenAsync(int counter)
    {
        if (_tokens.TryGetValue(counter, out var token))
        {
            return token;
        }

        var ahead = await RowAsync();
        while (ahead.RefreshCounter < counter)
        {
            ahead.Refresh(
                new SessionLifetime(TimeSpan.FromDays(30), TimeSpan.FromDays(40), TimeSpan.FromDays(30)),
                ahead.CreatedAt
            );
        }

        return TokenOf(ahead);
    }

    private string TokenOf(Session session) =>
        First.Get<ISessionTokens>().Issue(session, session.CreatedAt).RefreshToken;
}

using Fitnessify.Application.Auth;
using Fitnessify.Application.Sessions;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Sessions;
using Fitnessify.Domain.Users;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace Fitnessify.Application.Tests.Auth;

/// <summary>What happens to one session.</summary>
/// <param name="Now">Since the sign-in.</param>
/// <param name="Counter">Of the newest token.</param>
/// <param name="RefreshedAt">Since the sign-in; when it was issued.</param>
/// <param name="IsRevoked">Ended before its time.</param>
/// <param name="Reuses">Tokens that came back too late.</param>
/// <param name="Answer">To the operation that led here.</param>
internal sealed record RefreshModel(
    TimeSpan Now,
    int Counter,
    TimeSpan RefreshedAt,
    bool IsRevoked,
    int Reuses,
    string Answer
)
{
    /// <summary>Few days in all, so that sessions often live that long.</summary>
    public static readonly SessionOptions Options = new()
    {
        IdleDays = 30,
        AbsoluteDays = 40,
        RefreshGraceSeconds = 30,
    };

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Idle = TimeSpan.FromDays(30);
    private static readonly TimeSpan Absolute = TimeSpan.FromDays(40);

    public bool IsLive => !IsRevoked && Now < RefreshedAt + Idle && Now < Absolute;

    public RefreshModel Refresh(int counter) =>
        !IsLive || counter > Counter ? this with { Answer = "refresh_token_invalid" }
        : counter == Counter ? this with { Counter = Counter + 1, RefreshedAt = Now, Answer = $"{Counter + 1}" }
        : counter == Counter - 1 && Now < RefreshedAt + Grace ? this with { Answer = $"{Counter}" }
        : this with { IsRevoked = true, Reuses = Reuses + 1, Answer = "refresh_token_reused" };
}

/// <summary>The real handler over stored sessions.</summary>
internal sealed class RefreshSystem
{
    private readonly Mock<IAuditTrail> _audit = new();
    private readonly FakeTimeProvider _clock = Given.Clock();
    private readonly Session _session = Given.Session(Guid.NewGuid(), startedAt: Given.Now);

    public RefreshSystem() => Sessions.Store(_session);

    public StoredSessions Sessions { get; } = new();

    public Session Row => Sessions.Row(_session);

    public int Reuses =>
        _audit.Invocations.Count(call => call.Arguments[0] is AuditEvent { Type: AuditEventType.RefreshReused });

    public void Advance(TimeSpan time) => _clock.Advance(time);

    public void End()
    {
        var row = Row;
        row.Revoke(SessionEnd.SignedOut, _clock.GetUtcNow());
        Sessions.Store(row);
    }

    /// <summary>The counter of the token in the answer, or the code of the failure.</summary>
    public async Task<string> RefreshAsync(int counter)
    {
        var handler = new RefreshTokensHandler(
            RefreshModel.Options,
            Sessions,
            Sessions,
            _audit.Object,
            Mock.Of<IClient>(),
            Sessions,
            _clock
        );
        var result = await handler.Handle(
            new RefreshTokensCommand(StoredSessions.TokenOf(_session, counter)),
            CancellationToken.None
        );
        return result.Error?.Code ?? result.Value!.RefreshToken.Split(':')[1];
    }
}

using Fitnessify.Application.Auth;
using Fitnessify.Application.Sessions;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Sessions;
using FsCheck;
using FsCheck.Experimental;
using FsCheck.Fluent;

namespace Fitnessify.Application.Tests.Auth;

/// <summary>Refreshes in any order at any time, against a model of what they shall do (security requirement 11 and 12).</summary>
public sealed class RefreshTokensModelTests
{
    [Test]
    public void Refreshes_as_the_model_says() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), new RefreshMachine().ToProperty());
}

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
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Idle = TimeSpan.FromDays(30);
    private static readonly TimeSpan Absolute = TimeSpan.FromDays(90);

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
    private readonly Ports _ports = new() { IsSignedIn = false };
    private readonly ManualClock _clock = new();
    private readonly Session _session = Given.Session(Guid.NewGuid(), startedAt: Given.Now);

    public RefreshSystem()
    {
        Sessions = new StoredSessions(_ports);
        Sessions.Store(_session);
    }

    public StoredSessions Sessions { get; }

    public Session Row => Sessions.Row(_session);

    public int Reuses => _ports.Events.Count(told => told.Type == AuditEventType.RefreshReused);

    public void Advance(TimeSpan time) => _clock.Current += time;

    public void End()
    {
        var row = Row;
        row.Revoke(SessionEnd.SignedOut, _clock.Current);
        Sessions.Store(row);
    }

    /// <summary>The counter of the token in the answer, or the code of the failure.</summary>
    public async Task<string> RefreshAsync(int counter)
    {
        var handler = new RefreshTokensHandler(
            new SessionOptions(),
            Sessions,
            Sessions,
            _ports,
            _ports,
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

internal sealed class RefreshMachine : Machine<RefreshSystem, RefreshModel>
{
    private static readonly Gen<Step> Advances = Gen.Frequency(
            (3, Gen.Elements(0, 1, 29_999, 30_000, 30_001)),
            (3, Gen.Choose(0, 60_000)),
            (1, Gen.Choose(0, 3_600_000))
        )
        .Select(milliseconds => TimeSpan.FromMilliseconds(milliseconds))
        .Or(Gen.Elements(29, 30, 31, 1, 10).Select(days => TimeSpan.FromDays(days)))
        .Select(Step (time) => new Advance(time));

    public override Arbitrary<Setup<RefreshSystem, RefreshModel>> Setup =>
        Gen.Constant<Setup<RefreshSystem, RefreshModel>>(new SignIn()).ToArbitrary();

    public override Gen<Operation<RefreshSystem, RefreshModel>> Next(RefreshModel model)
    {
        // The newest and the one before most often, now and then a very old one or one that is yet to be issued.
        var tokens = Gen.Frequency(
            (6, Gen.Constant(model.Counter)),
            (6, Gen.Constant(Math.Max(0, model.Counter - 1))),
            (1, Gen.Choose(0, model.Counter)),
            (1, Gen.Constant(model.Counter + 1))
        );
        return Gen.Frequency(
                (12, tokens.Select(Step (counter) => new Refresh(counter))),
                (6, tokens.Select(Step (counter) => new RefreshTwiceAtOnce(counter))),
                (8, Advances),
                (1, tokens.Select(Step (counter) => new EndDuringRefresh(counter))),
                (1, Gen.Constant<Step>(new End()))
            )
            .Select(Operation<RefreshSystem, RefreshModel> (step) => step);
    }

    private sealed class SignIn : Setup<RefreshSystem, RefreshModel>
    {
        public override RefreshSystem Actual() => new();

        public override RefreshModel Model() => new(TimeSpan.Zero, 0, TimeSpan.Zero, false, 0, "");
    }

    private abstract class Step : Operation<RefreshSystem, RefreshModel>
    {
        /// <summary>Does it; what it answers.</summary>
        protected abstract Task<string> DoAsync(RefreshSystem system);

        public override Property Check(RefreshSystem actual, RefreshModel model)
        {
            var answer = DoAsync(actual).GetAwaiter().GetResult();
            var row = actual.Row;
            return (answer == model.Answer)
                .Label($"{this} answers {answer} instead of {model.Answer}")
                .And((row.RefreshCounter == model.Counter).Label($"counter {row.RefreshCounter}, not {model.Counter}"))
                .And((row.RevokedAt is not null == model.IsRevoked).Label($"revoked at {row.RevokedAt}"))
                .And((actual.Reuses == model.Reuses).Label($"{actual.Reuses} events, not {model.Reuses}"))
                .And((row.ExpiresAt <= row.CreatedAt.AddDays(90)).Label($"expires at {row.ExpiresAt}"));
        }
    }

    private sealed class Refresh(int counter) : Step
    {
        public override RefreshModel Run(RefreshModel model) => model.Refresh(counter);

        protected override Task<string> DoAsync(RefreshSystem system) => system.RefreshAsync(counter);

        public override string ToString() => $"Refresh {counter}";
    }

    /// <summary>Both have looked at the session before either stores.</summary>
    private sealed class RefreshTwiceAtOnce(int counter) : Step
    {
        public override RefreshModel Run(RefreshModel model) =>
            model.Counter == counter && model.IsLive
                ? model.Refresh(counter) with
                {
                    Answer = $"{counter + 1} and {counter + 1}",
                }
                : model.Refresh(counter) with
                {
                    Answer = $"{model.Refresh(counter).Answer} and nobody",
                };

        protected override async Task<string> DoAsync(RefreshSystem system)
        {
            var quicker = "nobody";
            system.Sessions.Meanwhile = async () => quicker = await system.RefreshAsync(counter);
            var slower = await system.RefreshAsync(counter);
            system.Sessions.Meanwhile = null;
            return $"{slower} and {quicker}";
        }

        public override string ToString() => $"Refresh {counter} twice at once";
    }

    /// <summary>After the refresh has looked at the session, before it stores.</summary>
    private sealed class EndDuringRefresh(int counter) : Step
    {
        public override RefreshModel Run(RefreshModel model) =>
            model.Counter == counter && model.IsLive
                ? model with
                {
                    IsRevoked = true,
                    Answer = "refresh_token_invalid",
                }
                : model.Refresh(counter);

        protected override async Task<string> DoAsync(RefreshSystem system)
        {
            system.Sessions.Meanwhile = () =>
            {
                system.End();
                return Task.CompletedTask;
            };
            var answer = await system.RefreshAsync(counter);
            system.Sessions.Meanwhile = null;
            return answer;
        }

        public override string ToString() => $"End during refresh {counter}";
    }

    private sealed class Advance(TimeSpan time) : Step
    {
        public override RefreshModel Run(RefreshModel model) => model with { Now = model.Now + time, Answer = "" };

        protected override Task<string> DoAsync(RefreshSystem system)
        {
            system.Advance(time);
            return Task.FromResult("");
        }

        public override string ToString() => $"Advance {time}";
    }

    private sealed class End : Step
    {
        public override RefreshModel Run(RefreshModel model) => model with { IsRevoked = true, Answer = "" };

        protected override Task<string> DoAsync(RefreshSystem system)
        {
            system.End();
            return Task.FromResult("");
        }

        public override string ToString() => "End";
    }
}

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

internal sealed class RefreshMachine : Machine<RefreshSystem, RefreshModel>
{
    private static readonly Gen<Step> Advances = Gen.Frequency(
            (3, Gen.Elements(0, 1, 29_999, 30_000, 30_001)),
            (3, Gen.Choose(0, 60_000)),
            (1, Gen.Choose(0, 3_600_000))
        )
        .Select(milliseconds => TimeSpan.FromMilliseconds(milliseconds))
        .Or(Gen.Elements(1, 10, 20, 29, 30).Select(days => TimeSpan.FromDays(days)))
        .Select(Step (time) => new Advance(time));

    public override Arbitrary<Setup<RefreshSystem, RefreshModel>> Setup =>
        Gen.Constant<Setup<RefreshSystem, RefreshModel>>(new SignIn()).ToArbitrary();

    public override Gen<Operation<RefreshSystem, RefreshModel>> Next(RefreshModel model)
    {
        // The newest and the one before most often, now and then a very old one or one that is yet to be issued.
        var tokens = Gen.Frequency(
            (9, Gen.Constant(model.Counter)),
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
                .And(
                    (row.ExpiresAt <= row.CreatedAt.AddDays(RefreshModel.Options.AbsoluteDays)).Label(
                        $"expires at {row.ExpiresAt}"
                    )
                );
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

using FsCheck;
using FsCheck.Experimental;
using FsCheck.Fluent;

namespace Fitnessify.Application.Tests.Auth;

/// <summary>
/// The device and a thief refresh and use new and old tokens, in any order, at any time, on either of two instances. A model
/// says what the outcome must be (security requirements 11, 12 and 40).
/// </summary>
public sealed class RefreshTokensModelTests
{
    [Test]
    public async Task Refreshing_matches_the_model()
    {
        (string, string)[] settings = [("Sessions:AbsoluteDays", "40"), ("Sessions:RevocationSeconds", "1")];
        await using var first = TestRun.Database.Start(settings);
        await using var second = TestRun.Database.Start(settings);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), new RefreshMachine(first, second).ToProperty());
    }
}

internal sealed class RefreshMachine(Instance first, Instance second) : Machine<RefreshSystem, RefreshModel>
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
        Gen.Constant<Setup<RefreshSystem, RefreshModel>>(new SignIn(first, second)).ToArbitrary();

    public override Gen<Operation<RefreshSystem, RefreshModel>> Next(RefreshModel model)
    {
        // Most often this is the newest token or its predecessor, then a token that was lost between them, and now and then a
        // very old one or one that has not been issued yet.
        var tokens = Gen.Frequency(
            (9, Gen.Constant(model.Counter)),
            (6, Gen.Constant(Math.Max(0, model.Previous))),
            (2, Gen.Choose(Math.Max(0, model.Previous), model.Counter)),
            (1, Gen.Choose(0, model.Counter)),
            (1, Gen.Constant(model.Counter + 1))
        );
        return Gen.Frequency(
                (12, tokens.Zip(Gen.Choose(0, 1), Step (counter, server) => new Refresh(counter, server))),
                (9, tokens.Zip(Gen.Choose(0, 3), Step (counter, how) => new Use(counter, how % 2, how > 1))),
                (6, tokens.Select(Step (counter) => new RefreshTwiceAtOnce(counter))),
                (8, Advances),
                (1, tokens.Select(Step (counter) => new EndDuringRefresh(counter))),
                (1, Gen.Constant<Step>(new End()))
            )
            .Select(Operation<RefreshSystem, RefreshModel> (step) => step);
    }

    private sealed class SignIn(Instance first, Instance second) : Setup<RefreshSystem, RefreshModel>
    {
        public override RefreshSystem Actual() => new(first, second);

        public override RefreshModel Model() => RefreshModel.AtSignIn;
    }

    private abstract class Step : Operation<RefreshSystem, RefreshModel>
    {
        /// <summary>Executes the operation and returns its response.</summary>
        protected abstract Task<string> DoAsync(RefreshSystem system);

        public override Property Check(RefreshSystem actual, RefreshModel model)
        {
            var answer = DoAsync(actual).GetAwaiter().GetResult();
            var row = actual.RowAsync().GetAwaiter().GetResult();
            var reuses = actual.ReusesAsync().GetAwaiter().GetResult();
            return (answer == model.Answer)
                .Label($"{this} answers {answer} instead of {model.Answer}")
                .And((row.RefreshCounter == model.Counter).Label($"counter {row.RefreshCounter}, not {model.Counter}"))
                .And((row.PreviousCounter == model.Previous).Label($"previous {row.PreviousCounter}"))
                .And((row.IsUsed == model.IsUsed).Label($"used: {row.IsUsed}"))
                .And((row.RevokedAt is not null == model.IsRevoked).Label($"revoked at {row.RevokedAt}"))
                .And((reuses == model.Reuses).Label($"{reuses} events, not {model.Reuses}"))
                .And((row.ExpiresAt <= row.CreatedAt.AddDays(40)).Label($"expires at {row.ExpiresAt}"));
        }
    }

    private sealed class Refresh(int counter, int server) : Step
    {
        public override RefreshModel Run(RefreshModel model) => model.Refresh(counter);

        protected override Task<string> DoAsync(RefreshSystem system) => system.RefreshAsync(counter, server);

        public override string ToString() => $"Refresh {counter} on {server}";
    }

    /// <summary>Waits until every instance knows that a session has ended.</summary>
    private sealed class Use(int counter, int server, bool isWrite) : Step
    {
        private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

        public override RefreshModel Run(RefreshModel model) => (model with { Now = model.Now + Pause }).Use(counter);

        protected override Task<string> DoAsync(RefreshSystem system)
        {
            system.Advance(Pause);
            return system.UseAsync(counter, server, isWrite);
        }

        public override string ToString() => $"{(isWrite ? "Write" : "Read")} with {counter} on {server}";
    }

    /// <summary>Both instances read the session before either of them stores it.</summary>
    private sealed class RefreshTwiceAtOnce(int counter) : Step
    {
        public override RefreshModel Run(RefreshModel model)
        {
            var once = model.Refresh(counter);
            // The slower one reads again and finds what the faster one has stored.
            return once.Refresh(counter) with { Answer = $"{once.Answer} and {once.Refresh(counter).Answer}" };
        }

        protected override async Task<string> DoAsync(RefreshSystem system)
        {
            var quicker = "";
            OnceAfterRead(system, async () => quicker = await system.RefreshAsync(counter, 1));
            var slower = await system.RefreshAsync(counter, 0);
            return $"{quicker} and {slower}";
        }

        public override string ToString() => $"Refresh {counter} twice at once";
    }

    /// <summary>The session ends after the refresh has read it and before the refresh stores it.</summary>
    private sealed class EndDuringRefresh(int counter) : Step
    {
        // A request that writes nothing still succeeds; the session ended right after it.
        public override RefreshModel Run(RefreshModel model)
        {
            var refreshed = model.Refresh(counter);
            var isEnded = model.IsLive || model.IsRevoked;
            return refreshed.Counter != model.Counter || refreshed.Reuses != model.Reuses
                ? model with
                {
                    IsRevoked = true,
                    Answer = "refresh_token_invalid",
                }
                : refreshed with
                {
                    IsRevoked = isEnded,
                };
        }

        protected override async Task<string> DoAsync(RefreshSystem system)
        {
            OnceAfterRead(system, system.EndAsync);
            return await system.RefreshAsync(counter, 0);
        }

        public override string ToString() => $"End during refresh {counter}";
    }

    private static void OnceAfterRead(RefreshSystem system, Func<Task> happen) =>
        system.First.Commands.OnceAfter(command => Commands.Names(command, "Sessions"), happen);

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
        public override RefreshModel Run(RefreshModel model) =>
            model with
            {
                IsRevoked = model.IsLive || model.IsRevoked,
                Answer = "",
            };

        protected override async Task<string> DoAsync(RefreshSystem system)
        {
            await system.EndAsync();
            return "";
        }

        public override string ToString() => "End";
    }
}

using Fitnessify.Domain.Common;
using Fitnessify.Domain.Users;

namespace Fitnessify.Infrastructure.Security;

/// <summary>zxcvbn, behind the gate: a call takes 10 to 60 ms.</summary>
internal sealed class PasswordStrength(HashingGate gate) : IPasswordStrength, IDisposable
{
    // Its time grows faster than the length, and nothing beyond this changes the score.
    private const int ScoredLength = 72;
    private const string ProductName = "fitnessify";

    // Its dictionaries take longer to load than a password to score; it does not promise to be safe for several threads.
    private readonly ThreadLocal<Zxcvbn.Zxcvbn> _zxcvbn = new(() => new Zxcvbn.Zxcvbn());

    public Task<Result<PasswordEstimate>> EstimateAsync(
        string password,
        IReadOnlyList<string> context,
        CancellationToken cancellationToken
    ) => gate.RunAsync(() => Estimate(password, context), cancellationToken);

    public void Dispose() => _zxcvbn.Dispose();

    private PasswordEstimate Estimate(string password, IReadOnlyList<string> context)
    {
        var scored = password[..Math.Min(password.Length, ScoredLength)];
        var result = _zxcvbn.Value!.EvaluatePassword(scored, [.. context, ProductName]);
        return new PasswordEstimate(
            result.Score,
            [.. result.MatchSequence.Select(WeaknessOf).OfType<PasswordWeakness>().Distinct()]
        );
    }

    private static PasswordWeakness? WeaknessOf(Zxcvbn.Match match) =>
        match switch
        {
            Zxcvbn.Matcher.L33tDictionaryMatch => PasswordWeakness.Substitution,
            Zxcvbn.Matcher.DictionaryMatch => PasswordWeakness.CommonWord,
            Zxcvbn.Matcher.SpatialMatch => PasswordWeakness.KeyboardPattern,
            Zxcvbn.Matcher.RepeatMatch => PasswordWeakness.Repetition,
            Zxcvbn.Matcher.SequenceMatch => PasswordWeakness.Sequence,
            Zxcvbn.Matcher.DateMatch => PasswordWeakness.Date,
            _ => null,
        };
}

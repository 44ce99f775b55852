using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;

namespace Fitnessify.Infrastructure.Auth;

/// <summary>
/// zxcvbn, behind the gate: a call takes 1 to 60 ms. The port of it that there is for .NET does not see all that its
/// reference does: what repeats, words turned around, capitals in sequences. So the password is scored as it is and as an
/// attacker would get there, and the least counts.
/// </summary>
internal sealed class PasswordStrength(HashingGate gate) : IPasswordStrength, IDisposable
{
    // Its time grows faster than the length, and nothing beyond this changes the score.
    private const int ScoredLength = 72;
    private const string ProductName = "fitnessify";

    // Which sign is between what repeats.
    private const double SeparatorBits = 5;

    // The logarithms of zxcvbn's own limits: half the guesses, at 10,000 a second, in 10^2, 10^4, 10^6 and 10^8 seconds.
    private static readonly double[] ScoreBits =
    [
        .. new[] { 1e2, 1e4, 1e6, 1e8 }.Select(time => Math.Log2(2e4 * time)),
    ];

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
        string[] words = [.. context, ProductName];
        var asItIs = _zxcvbn.Value!.EvaluatePassword(scored, words);
        List<(string Text, double Bits)> once = [.. Unrepeated(scored)];
        var bits = once.SelectMany(text => WaysTo(text.Text, text.Bits))
            .Where(way => way.Text != scored)
            .Select(way => _zxcvbn.Value.EvaluatePassword(way.Text, words).Entropy + way.Bits)
            .Append(asItIs.Entropy)
            .Min();
        var weaknesses = asItIs.MatchSequence.Select(WeaknessOf).OfType<PasswordWeakness>();
        return new PasswordEstimate(
            ScoreBits.Count(limit => bits >= limit),
            [.. weaknesses.Concat(once is [{ Bits: 0 }] ? [] : [PasswordWeakness.Repetition]).Distinct()]
        );
    }

    // What repeats, once; also where signs between it hide that it does: abc.abc-abc
    private static IEnumerable<(string Text, double Bits)> Unrepeated(string password)
    {
        yield return Repetitions.Collapse(password);
        var joined = string.Concat(password.Where(char.IsLetterOrDigit));
        var (text, bits) = Repetitions.Collapse(joined);
        if (joined.Length < password.Length && text.Length * 2 <= joined.Length && text.Length > 0)
        {
            yield return (text, bits + SeparatorBits + (password.Length - joined.Length));
        }
    }

    // As it is, without capitals, and backwards, each with the guesses that it takes to get from there to the password.
    private static IEnumerable<(string Text, double Bits)> WaysTo(string password, double bits)
    {
        var (capitals, others) = (password.Count(char.IsUpper), password.Count(char.IsLower));
        var capitalBits = capitals == 0 ? 0 : 1 + Math.Min(capitals, others);
        var lower = password.ToLowerInvariant();
        yield return (password, bits);
        if (capitals > 0)
        {
            yield return (lower, bits + capitalBits);
        }

        yield return (string.Concat(lower.Reverse()), bits + capitalBits + 1);
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

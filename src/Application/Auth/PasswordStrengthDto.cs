using Fitnessify.Domain.Users;

namespace Fitnessify.Application.Auth;

/// <summary>How good a password is.</summary>
/// <param name="Score">0 (guessed at once) to 4 (very hard to guess).</param>
/// <param name="Acceptable">Whether registration would take it.</param>
/// <param name="Reasons">Why not: too_short, too_long, too_weak, contains_identity.</param>
/// <param name="Suggestions">What would make it better, in sentences for the person who types.</param>
public sealed record PasswordStrengthDto(
    int Score,
    bool Acceptable,
    IReadOnlyList<string> Reasons,
    IReadOnlyList<string> Suggestions
)
{
    internal static PasswordStrengthDto From(PasswordJudgement judgement) =>
        new(
            judgement.Estimate.Score,
            judgement.Reasons.Count == 0,
            judgement.Reasons,
            judgement.Reasons.Count == 0 ? [] : [.. Suggest(judgement).OfType<string>().Distinct()]
        );

    private static IEnumerable<string?> Suggest(PasswordJudgement judgement) =>
        [
            .. judgement.Reasons.Select(reason =>
                reason switch
                {
                    PasswordReasons.TooShort =>
                        "Make it longer: three or four words that do not belong together are good.",
                    PasswordReasons.TooLong => "Make it shorter.",
                    PasswordReasons.ContainsIdentity => "Leave out your username and e-mail address.",
                    _ => "Add another word or two. Uncommon words are better.",
                }
            ),
            .. judgement.Estimate.Weaknesses.Select(weakness =>
                weakness switch
                {
                    PasswordWeakness.CommonWord => "Avoid single common words, names and well-known passwords.",
                    PasswordWeakness.Substitution => "Signs in place of letters, such as @ for a, do not help much.",
                    PasswordWeakness.KeyboardPattern => "Avoid rows of keys such as qwerty.",
                    PasswordWeakness.Repetition => "Avoid repeating words and characters.",
                    PasswordWeakness.Sequence => "Avoid sequences such as abc or 6543.",
                    PasswordWeakness.Date => "Avoid dates and years, above all those of your life.",
                    _ => null,
                }
            ),
        ];
}

using Fitnessify.Application.Accounts;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Auth;

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
    internal static PasswordStrengthDto From(PasswordEvaluation evaluation) =>
        new(
            evaluation.Estimate.Score,
            evaluation.Reasons.Count == 0,
            evaluation.Reasons,
            evaluation.Reasons.Count == 0 ? [] : [.. Suggest(evaluation).OfType<string>().Distinct()]
        );

    private static IEnumerable<string?> Suggest(PasswordEvaluation evaluation) =>
        [
            .. evaluation.Reasons.Select(reason =>
                reason switch
                {
                    PasswordReasons.TooShort =>
                        "Make it longer: three or four words that do not belong together are good.",
                    PasswordReasons.TooLong => "Make it shorter.",
                    PasswordReasons.ContainsIdentity => "Leave out your username and e-mail address.",
                    _ => "Add another word or two. Uncommon words are better.",
                }
            ),
            .. evaluation.Estimate.Weaknesses.Select(weakness =>
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

using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Auth;

/// <summary>Estimates how hard a password is to guess.</summary>
public interface IPasswordStrength
{
    /// <summary>Estimates the strength of a password, in the same queue as <see cref="IPasswordHashing"/>.</summary>
    /// <param name="password">The whole password in normalized form (NFKC); at most the part that matters is scored.</param>
    /// <param name="context">Words that an attacker would try first, such as the username.</param>
    Task<Result<PasswordEstimate>> EstimateAsync(
        string password,
        IReadOnlyList<string> context,
        CancellationToken cancellationToken
    );
}

/// <summary>The estimated strength of a password.</summary>
/// <param name="Score">The zxcvbn score, from 0 (guessed at once) to 4 (withstands an offline attack).</param>
/// <param name="Weaknesses">The patterns that make guessing easier, without duplicates.</param>
public sealed record PasswordEstimate(int Score, IReadOnlyList<PasswordWeakness> Weaknesses);

/// <summary>A pattern that attackers try early.</summary>
public enum PasswordWeakness
{
    /// <summary>A word, a name or a common password.</summary>
    CommonWord,

    /// <summary>A word in which letters are replaced by similar characters.</summary>
    Substitution,

    /// <summary>Adjacent keys of the keyboard.</summary>
    KeyboardPattern,

    /// <summary>A repeated character or text.</summary>
    Repetition,

    /// <summary>A sequence such as abc or 123.</summary>
    Sequence,

    /// <summary>A date or a year.</summary>
    Date,
}

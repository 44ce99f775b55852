using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Auth;

/// <summary>Estimates how hard a password is to guess.</summary>
public interface IPasswordStrength
{
    /// <summary>The estimate, made behind the same queue as <see cref="IPasswordHashing"/>.</summary>
    /// <param name="password">The whole password, normalized (NFKC); as much of it as matters is scored.</param>
    /// <param name="context">Words that an attacker would try first, such as the username.</param>
    Task<Result<PasswordEstimate>> EstimateAsync(
        string password,
        IReadOnlyList<string> context,
        CancellationToken cancellationToken
    );
}

/// <summary>How hard a password is to guess.</summary>
/// <param name="Score">0 (first guesses) to 4 (beyond offline attack).</param>
/// <param name="Weaknesses">What makes guessing easier, each once.</param>
public sealed record PasswordEstimate(int Score, IReadOnlyList<PasswordWeakness> Weaknesses);

/// <summary>A pattern that attackers try early.</summary>
public enum PasswordWeakness
{
    /// <summary>A word, a name or a well-known password.</summary>
    CommonWord,

    /// <summary>A word with letters replaced by similar signs.</summary>
    Substitution,

    /// <summary>Neighbours on the keyboard.</summary>
    KeyboardPattern,

    /// <summary>The same again.</summary>
    Repetition,

    /// <summary>abc or 123.</summary>
    Sequence,

    /// <summary>A date or a year.</summary>
    Date,
}

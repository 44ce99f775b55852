using System.Text;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;

namespace Fitnessify.Application.Accounts;

/// <summary>Whether a new password is good enough (ASVS 5.0, 6.2; no composition rules).</summary>
internal sealed class PasswordPolicy(AccountOptions options, IPasswordStrength strength)
{
    /// <summary>The longest password in UTF-16 units; passphrases fit (ASVS 5.0, 6.2.9).</summary>
    public const int MaxLength = 128;

    /// <summary>
    /// The longest password input in UTF-16 units that is accepted; longer than <see cref="MaxLength"/>, so that the policy can
    /// answer with a reason.
    /// </summary>
    public const int InputMaxLength = 1024;

    private const int IdentityMinLength = 4;

    /// <summary>Success, <c>password_rejected</c> with all reasons, or <c>service_unavailable</c>.</summary>
    /// <param name="password">The new password.</param>
    /// <param name="username">Whose it is to be.</param>
    /// <param name="email">The same.</param>
    /// <param name="oldPassword">The one that it replaces, already verified; null for a first one.</param>
    public async Task<Result> CheckAsync(
        string password,
        string username,
        string email,
        string? oldPassword,
        CancellationToken cancellationToken
    )
    {
        var normalized = Normalize(password);
        // Scoring is slow; what has the wrong length is refused without it.
        var hasLength = password.Length >= options.MinimumPasswordLength && password.Length <= MaxLength;
        var estimate = hasLength
            ? await EstimateAsync(normalized, username, email, cancellationToken)
            : new PasswordEstimate(options.MinimumPasswordScore, []);
        if (!estimate.IsSuccess)
        {
            return estimate.Error;
        }

        var reasons = FindReasons(password, normalized, username, email, estimate.Value).ToList();
        if (oldPassword is not null && Normalize(oldPassword) == normalized)
        {
            reasons.Add(PasswordReasons.SameAsOld);
        }

        return reasons.Count == 0 ? Result.Success : AccountErrors.PasswordRejectedFor(reasons);
    }

    /// <summary>All that can be said about a password; fails only with <c>service_unavailable</c>.</summary>
    /// <param name="password">The password.</param>
    /// <param name="username">Whose; may be empty.</param>
    /// <param name="email">The same, or as much as has been typed of it.</param>
    public async Task<Result<PasswordEvaluation>> EvaluateAsync(
        string password,
        string username,
        string email,
        CancellationToken cancellationToken
    )
    {
        var normalized = Normalize(password);
        var estimate = await EstimateAsync(normalized, username, email, cancellationToken);
        return estimate.IsSuccess
            ? new PasswordEvaluation(estimate.Value, FindReasons(password, normalized, username, email, estimate.Value))
            : estimate.Error;
    }

    private Task<Result<PasswordEstimate>> EstimateAsync(
        string normalized,
        string username,
        string email,
        CancellationToken cancellationToken
    )
    {
        string[] context = [username, email, LocalPart(email)];
        return strength.EstimateAsync(normalized, [.. context.Where(word => word.Length > 0)], cancellationToken);
    }

    private List<string> FindReasons(
        string password,
        string normalized,
        string username,
        string email,
        PasswordEstimate estimate
    )
    {
        List<string> reasons = [];
        if (password.Length < options.MinimumPasswordLength)
        {
            reasons.Add(PasswordReasons.TooShort);
        }

        if (password.Length > MaxLength)
        {
            reasons.Add(PasswordReasons.TooLong);
        }

        if (estimate.Score < options.MinimumPasswordScore)
        {
            reasons.Add(PasswordReasons.TooWeak);
        }

        if (Contains(normalized, username) || Contains(normalized, LocalPart(email)))
        {
            reasons.Add(PasswordReasons.ContainsIdentity);
        }

        return reasons;
    }

    private static bool Contains(string normalized, string identity) =>
        identity.Length >= IdentityMinLength && normalized.Contains(identity, StringComparison.OrdinalIgnoreCase);

    private static string Normalize(string password) => password.Normalize(NormalizationForm.FormKC);

    private static string LocalPart(string email) => email.Split('@')[0];
}

/// <summary>What the policy says of a password.</summary>
/// <param name="Estimate">How hard it is to guess.</param>
/// <param name="Reasons">Why it is refused, of <see cref="PasswordReasons"/>; empty when it is accepted.</param>
internal sealed record PasswordEvaluation(PasswordEstimate Estimate, IReadOnlyList<string> Reasons);

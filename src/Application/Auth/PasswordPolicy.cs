using System.ComponentModel.DataAnnotations;
using System.Text;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Users;

namespace Fitnessify.Application.Auth;

/// <summary>Section <c>Accounts</c>: what a password must be.</summary>
public sealed class PasswordPolicyOptions
{
    /// <summary>UTF-16 units.</summary>
    [Range(8, 64)]
    public int MinimumPasswordLength { get; init; } = 12;

    /// <summary>zxcvbn's scale, 0 to 4.</summary>
    [Range(0, 4)]
    public int MinimumPasswordScore { get; init; } = 3;
}

/// <summary>Whether a new password is good enough (ASVS 5.0, 6.2; no composition rules).</summary>
internal sealed class PasswordPolicy(PasswordPolicyOptions options, IPasswordStrength strength)
{
    private const int IdentityMinLength = 4;

    /// <summary>Success, <c>password_rejected</c> with all reasons, or <c>service_unavailable</c>.</summary>
    public async Task<Result> CheckAsync(
        string password,
        string username,
        string email,
        CancellationToken cancellationToken
    )
    {
        var localPart = email[..email.IndexOf('@', StringComparison.Ordinal)];
        List<string> reasons = [];
        if (password.Length < options.MinimumPasswordLength)
        {
            reasons.Add(PasswordReasons.TooShort);
        }
        else if (password.Length > User.PasswordMaxLength)
        {
            reasons.Add(PasswordReasons.TooLong);
        }
        else
        {
            // Scoring is slow; what has the wrong length is refused without it.
            var score = await strength.ScoreAsync(password, [username, email, localPart], cancellationToken);
            if (!score.IsSuccess)
            {
                return score.Error;
            }

            if (score.Value < options.MinimumPasswordScore)
            {
                reasons.Add(PasswordReasons.TooWeak);
            }
        }

        if (Contains(password, username) || Contains(password, localPart))
        {
            reasons.Add(PasswordReasons.ContainsIdentity);
        }

        return reasons.Count == 0 ? Result.Success : UserErrors.PasswordRejectedFor(reasons);
    }

    private static bool Contains(string password, string identity) =>
        identity.Length >= IdentityMinLength
        && password.Normalize(NormalizationForm.FormKC).Contains(identity, StringComparison.OrdinalIgnoreCase);
}

using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Accounts;

/// <summary>Expected failures around accounts and their passwords.</summary>
public static class AccountErrors
{
    /// <summary>The username belongs to another account.</summary>
    public static readonly Error UsernameTaken = new(ErrorKind.Conflict, "username_taken", "This username is taken.");

    /// <summary>The e-mail address belongs to another account.</summary>
    public static readonly Error EmailTaken = new(
        ErrorKind.Conflict,
        "email_taken",
        "An account with this e-mail address exists."
    );

    /// <summary>An administrator has disabled the account.</summary>
    public static readonly Error AccountDisabled = new(
        ErrorKind.Forbidden,
        "account_disabled",
        "This account is disabled."
    );

    /// <summary>The server requires a confirmed address for sign-in.</summary>
    public static readonly Error EmailNotConfirmed = new(
        ErrorKind.Forbidden,
        "email_not_confirmed",
        "The e-mail address of this account is not confirmed yet."
    );

    /// <summary>The password does not meet the policy.</summary>
    public static readonly Error PasswordRejected = new(
        ErrorKind.Unprocessable,
        "password_rejected",
        "The password does not meet the policy; 'reasons' says why."
    );

    /// <summary>Returns <see cref="PasswordRejected"/> with its reasons.</summary>
    /// <param name="reasons">At least one of <see cref="PasswordReasons"/>.</param>
    public static Error PasswordRejectedFor(params IReadOnlyList<string> reasons) =>
        PasswordRejected with
        {
            Details = new Dictionary<string, object> { ["reasons"] = reasons },
        };
}

/// <summary>Why a password is refused; part of the API contract.</summary>
public static class PasswordReasons
{
    /// <summary>The password is shorter than the configured minimum.</summary>
    public const string TooShort = "too_short";

    /// <summary>The password is longer than the policy allows.</summary>
    public const string TooLong = "too_long";

    /// <summary>The password is too easy to guess.</summary>
    public const string TooWeak = "too_weak";

    /// <summary>The password contains the username or the local part of the e-mail address.</summary>
    public const string ContainsIdentity = "contains_identity";

    /// <summary>The new password is the current one.</summary>
    public const string SameAsOld = "same_as_old";
}

using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mfa;

namespace Fitnessify.Domain.Accounts;

/// <summary>Expected failures around accounts.</summary>
public static class UserErrors
{
    /// <summary>The username belongs to somebody else.</summary>
    public static readonly Error UsernameTaken = new(ErrorKind.Conflict, "username_taken", "This username is taken.");

    /// <summary>The e-mail address belongs to another account.</summary>
    public static readonly Error EmailTaken = new(
        ErrorKind.Conflict,
        "email_taken",
        "An account with this e-mail address exists."
    );

    /// <summary>Unknown login or wrong password; never says which.</summary>
    public static readonly Error InvalidCredentials = new(
        ErrorKind.Unauthenticated,
        "invalid_credentials",
        "The login or the password is wrong."
    );

    /// <summary>An administrator has disabled the account.</summary>
    public static readonly Error AccountDisabled = new(
        ErrorKind.Forbidden,
        "account_disabled",
        "This account is disabled."
    );

    /// <summary>Sign-in needs a confirmed address here.</summary>
    public static readonly Error EmailNotConfirmed = new(
        ErrorKind.Forbidden,
        "email_not_confirmed",
        "The e-mail address of this account is not confirmed yet."
    );

    /// <summary>The password is right; the second factor is missing. Always with what <see cref="MfaRequiredFor"/> adds.</summary>
    public static readonly Error MfaRequired = new(
        ErrorKind.Unauthenticated,
        "mfa_required",
        "The password is right. Send 'challengeToken' with a code by one of 'methods' to go on; it works for five minutes."
    );

    /// <summary>The second factor is missing where it is asked for beside the password, is wrong, was used before, or its sign-in has expired; never says which.</summary>
    public static readonly Error MfaCodeInvalid = new(
        ErrorKind.Unauthenticated,
        "mfa_code_invalid",
        "The code is missing or wrong, was used before, or came too late after the password."
    );

    /// <summary>The password that was asked for again is wrong.</summary>
    public static readonly Error ReauthenticationFailed = new(
        ErrorKind.Forbidden,
        "reauthentication_failed",
        "The password is wrong."
    );

    /// <summary>Too many wrong passwords lately, for this login or from this address.</summary>
    public static readonly Error TooManyAttempts = new(
        ErrorKind.Throttled,
        "too_many_attempts",
        "Too many failed attempts. Try again after the time in Retry-After."
    );

    /// <summary>A mailed token that is used, expired, replaced by a newer one, somebody else's, or none of ours; never says which.</summary>
    public static readonly Error TokenInvalidOrExpired = new(
        ErrorKind.Unprocessable,
        "token_invalid_or_expired",
        "This link has been used, has expired or has been replaced by a newer one. Ask for another."
    );

    /// <summary>The password breaks the policy.</summary>
    public static readonly Error PasswordRejected = new(
        ErrorKind.Unprocessable,
        "password_rejected",
        "The password does not meet the policy; 'reasons' says why."
    );

    /// <summary>The second factor is on, and one cannot be set up beside it.</summary>
    public static Error MfaAlreadyEnabled =>
        CommonErrors.StateConflict with
        {
            Message = "The second factor is on. Disable it before you set up another.",
        };

    /// <summary>There is no second factor that this could be done to.</summary>
    public static Error MfaNotEnabled => CommonErrors.StateConflict with { Message = "The second factor is not on." };

    /// <summary><see cref="MfaRequired"/> with what the second step takes.</summary>
    /// <param name="challengeToken">Stands for the right password.</param>
    /// <param name="methods">At least one of <see cref="MfaMethods"/>.</param>
    public static Error MfaRequiredFor(string challengeToken, params IReadOnlyList<string> methods) =>
        MfaRequired with
        {
            Details = new Dictionary<string, object> { ["challengeToken"] = challengeToken, ["methods"] = methods },
        };

    /// <summary><see cref="PasswordRejected"/> with its reasons.</summary>
    /// <param name="reasons">At least one of <see cref="PasswordReasons"/>.</param>
    public static Error PasswordRejectedFor(params IReadOnlyList<string> reasons) =>
        PasswordRejected with
        {
            Details = new Dictionary<string, object> { ["reasons"] = reasons },
        };
}

/// <summary>What passes as second factor; part of the API contract.</summary>
public static class MfaMethods
{
    /// <summary>A code of an authenticator app.</summary>
    public const string Totp = "totp";

    /// <summary>One of the codes that were shown when the factor was switched on.</summary>
    public const string RecoveryCode = "recoveryCode";
}

/// <summary>Why a password is refused; part of the API contract.</summary>
public static class PasswordReasons
{
    /// <summary>Below the configured minimum.</summary>
    public const string TooShort = "too_short";

    /// <summary>Above <see cref="User.PasswordMaxLength"/>.</summary>
    public const string TooLong = "too_long";

    /// <summary>Too easy to guess.</summary>
    public const string TooWeak = "too_weak";

    /// <summary>Holds the username or the name in the e-mail address.</summary>
    public const string ContainsIdentity = "contains_identity";

    /// <summary>The new password is the current one.</summary>
    public const string SameAsOld = "same_as_old";
}

using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Mfa;

/// <summary>The expected failures of MFA.</summary>
public static class MfaErrors
{
    /// <summary>
    /// The password is right, but the second factor is missing. Always returned with the details of
    /// <see cref="MfaRequiredFor"/>.
    /// </summary>
    public static readonly Error MfaRequired = new(
        ErrorKind.Unauthenticated,
        "mfa_required",
        "A second factor is needed. Send 'challengeToken' with a code by one of 'methods' to go on; it works for five minutes."
    );

    /// <summary>
    /// The second factor is missing, wrong or was used before, or the sign-in has expired. The error does not reveal which.
    /// </summary>
    public static readonly Error MfaCodeInvalid = new(
        ErrorKind.Unauthenticated,
        "mfa_code_invalid",
        "The code is missing or wrong, was used before, or came too late after the password."
    );

    /// <summary>MFA is enabled, and an account has at most one authenticator app.</summary>
    public static Error MfaAlreadyEnabled =>
        CommonErrors.StateConflict with
        {
            Message = "The second factor is on. Disable it before you set up another.",
        };

    /// <summary>MFA is disabled, so there is nothing to change.</summary>
    public static Error MfaNotEnabled => CommonErrors.StateConflict with { Message = "The second factor is not on." };

    /// <summary>Returns <see cref="MfaRequired"/> with the details that the second step needs.</summary>
    /// <param name="challengeToken">The token that proves that the password was verified.</param>
    /// <param name="methods">At least one of <see cref="MfaMethods"/>.</param>
    public static Error MfaRequiredFor(string challengeToken, params IReadOnlyList<string> methods) =>
        MfaRequired with
        {
            Details = new Dictionary<string, object> { ["challengeToken"] = challengeToken, ["methods"] = methods },
        };
}

/// <summary>The accepted second factors; part of the API contract.</summary>
public static class MfaMethods
{
    /// <summary>A code of an authenticator app.</summary>
    public const string Totp = "totp";

    /// <summary>One of the recovery codes that were displayed when MFA was enabled.</summary>
    public const string RecoveryCode = "recoveryCode";
}

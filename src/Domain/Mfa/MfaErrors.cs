using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Mfa;

/// <summary>Expected failures around the second factor.</summary>
public static class MfaErrors
{
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
}

/// <summary>What passes as second factor; part of the API contract.</summary>
public static class MfaMethods
{
    /// <summary>A code of an authenticator app.</summary>
    public const string Totp = "totp";

    /// <summary>One of the codes that were shown when the factor was switched on.</summary>
    public const string RecoveryCode = "recoveryCode";
}

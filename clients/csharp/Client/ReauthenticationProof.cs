namespace Fitnessify.Client;

/// <summary>The proof shows again who the user is. It is empty when the session was reauthenticated in the last five minutes.</summary>
public sealed class ReauthenticationProof
{
    /// <summary>The password.</summary>
    public string? Password { get; set; }

    /// <summary>With MFA on: six digits from the app. A code works once, so it differs from that of the sign-in.</summary>
    public string? Code { get; set; }

    /// <summary>With MFA on: a recovery code, in place of a code.</summary>
    public string? RecoveryCode { get; set; }
}

using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Passkeys;

/// <summary>The expected failures of passkeys.</summary>
public static class PasskeyErrors
{
    /// <summary>
    /// The answer of the authenticator is wrong, too late, used before, or for another server. The error does not reveal which.
    /// </summary>
    public static readonly Error PasskeyInvalid = new(
        ErrorKind.Unauthenticated,
        "passkey_invalid",
        "The answer of the passkey is not valid, was used before, or came too late. Begin again."
    );

    /// <summary>The user has <see cref="Passkey.MaxPerUser"/> passkeys already.</summary>
    public static Error TooMany =>
        CommonErrors.StateConflict with
        {
            Message = "This account has as many passkeys as it can have. Remove one first.",
        };
}

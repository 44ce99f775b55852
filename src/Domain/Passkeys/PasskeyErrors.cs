using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Passkeys;

/// <summary>Expected failures around passkeys.</summary>
public static class PasskeyErrors
{
    /// <summary>The answer of the authenticator is wrong, late, used before, or not for this server; never says which.</summary>
    public static readonly Error PasskeyInvalid = new(
        ErrorKind.Unauthenticated,
        "passkey_invalid",
        "The answer of the passkey is not valid, was used before, or came too late. Begin again."
    );

    /// <summary>There are as many as there may be.</summary>
    public static Error TooMany =>
        CommonErrors.StateConflict with
        {
            Message = "This account has as many passkeys as it can have. Remove one first.",
        };
}

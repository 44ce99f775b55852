using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Identities;

/// <summary>The expected failures of identities.</summary>
public static class IdentityErrors
{
    /// <summary>The ID token is not valid, too old, used before, or for another app. The error does not reveal which.</summary>
    public static readonly Error IdentityTokenInvalid = new(
        ErrorKind.Unauthenticated,
        "identity_token_invalid",
        "The token of the provider is not valid, was used before, or is too old. Sign in at the provider again."
    );

    /// <summary>Another account has the verified address of the identity. The way in is to sign in to that account and to link the identity.</summary>
    public static readonly Error IdentityNotLinked = new(
        ErrorKind.Conflict,
        "identity_not_linked",
        "An account with the address of this identity exists. Sign in to it, and link the identity with 'linkToken'."
    );

    /// <summary>The identity belongs to another account.</summary>
    public static readonly Error IdentityTaken = new(
        ErrorKind.Conflict,
        "identity_taken",
        "This identity is linked to another account."
    );

    /// <summary>The user has <see cref="LinkedIdentity.MaxPerUser"/> identities already.</summary>
    public static Error TooMany =>
        CommonErrors.LimitReached with
        {
            Message = "This account has as many identities as it can have. Remove one first.",
        };

    /// <summary>Returns <see cref="IdentityNotLinked"/> with the token that links the identity after a sign-in.</summary>
    public static Error IdentityNotLinkedFor(string linkToken) =>
        IdentityNotLinked with
        {
            Details = new Dictionary<string, object> { ["linkToken"] = linkToken },
        };
}

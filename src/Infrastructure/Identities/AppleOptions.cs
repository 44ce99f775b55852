namespace Fitnessify.Infrastructure.Identities;

/// <summary>
/// Section <c>Identity:Providers:apple</c>: the key with which the server revokes the consent of a user who unlinks Apple or
/// deletes the account.
/// </summary>
internal sealed class AppleOptions
{
    /// <summary>The file of the key for Sign in with Apple (<c>.p8</c>); without it, nothing is revoked at Apple.</summary>
    public string? KeyPath { get; init; }

    /// <summary>Apple's identifier of the key.</summary>
    public string? KeyId { get; init; }

    /// <summary>Apple's identifier of the developer team that owns the key.</summary>
    public string? TeamId { get; init; }
}

namespace Fitnessify.Infrastructure.Mfa;

/// <summary>The authenticator app of an account, or the one that is being set up.</summary>
internal sealed class MfaFactor
{
    public required Guid UserId { get; init; }

    /// <summary>Protected with the key ring.</summary>
    public required byte[] Seed { get; init; }

    /// <summary>UTC; null until a code has shown that the app has the seed.</summary>
    public DateTimeOffset? ConfirmedAt { get; set; }

    /// <summary>No code of this step or an earlier one works any more.</summary>
    public long LastUsedStep { get; set; }
}

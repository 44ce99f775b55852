using Fitnessify.Domain.Auth;

namespace Fitnessify.Infrastructure.Auth;

/// <summary>What makes one mailed token of an account the newest for its purpose; gone once that is used.</summary>
internal sealed class AccountToken
{
    public required Guid UserId { get; init; }

    public required AccountTokenPurpose Purpose { get; init; }

    /// <summary>Random; also in the token.</summary>
    public required Guid Nonce { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}

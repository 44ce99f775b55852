using Microsoft.AspNetCore.Identity;

namespace Fitnessify.Infrastructure.Identity;

/// <summary>The stored account. Identity owns its hashes, stamps and normalised keys.</summary>
internal sealed class AppUser : IdentityUser<Guid>
{
    /// <summary>UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>UTC; null while the account may be used.</summary>
    public DateTimeOffset? DisabledAt { get; set; }
}

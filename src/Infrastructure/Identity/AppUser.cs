using Fitnessify.Domain.Notifications;
using Microsoft.AspNetCore.Identity;

namespace Fitnessify.Infrastructure.Identity;

/// <summary>The stored account. Identity owns its hashes, stamps and normalised keys.</summary>
internal sealed class AppUser : IdentityUser<Guid>
{
    /// <summary>UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>UTC; null while the account may be used.</summary>
    public DateTimeOffset? DisabledAt { get; set; }

    /// <summary>The address that takes the place of the present one when it is confirmed, or null.</summary>
    public string? PendingEmail { get; set; }

    /// <summary>For look-ups of it; not unique, because anybody may claim it.</summary>
    public string? NormalizedPendingEmail { get; set; }

    /// <summary>Whether notifications go out by e-mail too.</summary>
    public bool NotifiedByEmail { get; init; }

    /// <summary>Local time; null without quiet hours.</summary>
    public TimeOnly? QuietFrom { get; init; }

    /// <summary>Local time; null without quiet hours.</summary>
    public TimeOnly? QuietTo { get; init; }

    /// <summary>IANA name.</summary>
    public string TimeZone { get; init; } = NotificationSettings.Default.TimeZone;

    /// <summary>What <see cref="IdentityUser{TKey}.SecurityStamp"/> is replaced by when password, second factor, address or status change.</summary>
    public static string NewStamp() => Guid.NewGuid().ToString("N");
}

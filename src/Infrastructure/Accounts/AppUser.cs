using Fitnessify.Domain.Notifications;
using Microsoft.AspNetCore.Identity;

namespace Fitnessify.Infrastructure.Accounts;

/// <summary>The stored account. Identity owns its hashes, stamps and normalised keys.</summary>
internal sealed class AppUser : IdentityUser<Guid>
{
    /// <summary>Ends what stands in for the address of an account that has none of its own yet: belongs to nobody, ever (RFC 2606, 2).</summary>
    public const string NoAddress = "@pending.invalid";

    /// <summary>UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>UTC; null while the account may be used.</summary>
    public DateTimeOffset? DisabledAt { get; set; }

    /// <summary>UTC; null while there is an account. Else only <see cref="Persistence.AppDbContext.StoredUsers"/> shows it, and it is on its way out.</summary>
    public DateTimeOffset? DeletedAt { get; private set; }

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

    /// <summary>The address that people see: what is claimed, where nothing is the account's own yet.</summary>
    public static string AddressOf(string email, string? pendingEmail) =>
        email.EndsWith(NoAddress, StringComparison.Ordinal) ? pendingEmail ?? email : email;

    /// <summary>Leaves nothing of the person, and sets name and addresses free, in one row.</summary>
    public void Delete(DateTimeOffset now)
    {
        DeletedAt = now;
        // Nobody can have them: a username begins with a letter or digit, and the domain is nobody's (RFC 2606, 2).
        UserName = NormalizedUserName = $"-{Convert.ToBase64String(Id.ToByteArray())}";
        Email = NormalizedEmail = $"{Id:N}@deleted.invalid";
        PendingEmail = NormalizedPendingEmail = null;
        PasswordHash = "";
        SecurityStamp = NewStamp();
    }

    /// <summary>What <see cref="IdentityUser{TKey}.SecurityStamp"/> is replaced by when password, second factor, address or status change.</summary>
    public static string NewStamp() => Guid.NewGuid().ToString("N");
}

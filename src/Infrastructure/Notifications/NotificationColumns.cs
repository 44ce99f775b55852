using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Notifications;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fitnessify.Infrastructure.Notifications;

/// <summary>How a user wants to be notified, in columns of the account's row; whoever reads the account for a mail reads them with it.</summary>
internal static class NotificationColumns
{
    /// <summary>Whether notifications go out by e-mail too.</summary>
    public const string NotifiedByEmail = nameof(NotifiedByEmail);

    /// <summary>Local time; null without quiet hours.</summary>
    public const string QuietFrom = nameof(QuietFrom);

    /// <summary>Local time; null without quiet hours.</summary>
    public const string QuietTo = nameof(QuietTo);

    /// <summary>The IANA name; null for the default.</summary>
    public const string TimeZone = nameof(TimeZone);
}

internal sealed class NotificationColumnsConfiguration : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.Property<bool>(NotificationColumns.NotifiedByEmail);
        builder.Property<TimeOnly?>(NotificationColumns.QuietFrom);
        builder.Property<TimeOnly?>(NotificationColumns.QuietTo);
        builder.Property<string?>(NotificationColumns.TimeZone).HasMaxLength(NotificationSettings.TimeZoneMaxLength);
    }
}

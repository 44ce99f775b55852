using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Notifications;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fitnessify.Infrastructure.Notifications;

/// <summary>The columns of a user's notification settings in the account's row, so that one read of the account includes them.</summary>
internal static class NotificationColumns
{
    /// <summary>The column that stores whether the user is notified by e-mail too.</summary>
    public const string NotifiedByEmail = nameof(NotifiedByEmail);

    /// <summary>The column that stores whether the user's devices are notified.</summary>
    public const string NotifiedByPush = nameof(NotifiedByPush);

    /// <summary>The local time at which quiet hours begin; null without quiet hours.</summary>
    public const string QuietFrom = nameof(QuietFrom);

    /// <summary>The local time at which quiet hours end; null without quiet hours.</summary>
    public const string QuietTo = nameof(QuietTo);
}

internal sealed class NotificationColumnsConfiguration : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.Property<bool>(NotificationColumns.NotifiedByEmail);
        // No code sets the property of a new account, so that the value of a boolean that is not set stands for the default.
        builder
            .Property<bool>(NotificationColumns.NotifiedByPush)
            .HasDefaultValue(NotificationSettings.Default.Push)
            .HasSentinel(false);
        builder.Property<TimeOnly?>(NotificationColumns.QuietFrom);
        builder.Property<TimeOnly?>(NotificationColumns.QuietTo);
    }
}

using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Notifications;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fitnessify.Infrastructure.Notifications;

/// <summary>The name of the index that keeps anybody from being told twice.</summary>
internal static class NotificationIndexes
{
    public const string Once = "IX_Notifications_TaskId_DueAt";
}

internal sealed class NotificationConfiguration : IEntityTypeConfiguration<Notification>
{
    private const int TypeMaxLength = 30;

    public void Configure(EntityTypeBuilder<Notification> builder)
    {
        builder.ToTable("Notifications");
        builder.HasKey(notification => new { notification.OwnerId, notification.Id });
        builder
            .HasOne<Account>()
            .WithMany()
            .HasForeignKey(notification => notification.OwnerId)
            .OnDelete(DeleteBehavior.Cascade);
        // No foreign key to the task: it may be purged, and what was told stays told.
        builder
            .HasIndex(notification => new { notification.TaskId, notification.DueAt })
            .IsUnique()
            .HasDatabaseName(NotificationIndexes.Once);
        builder.HasIndex(notification => notification.Sequence).IsUnique();
        builder.HasIndex(notification => notification.CreatedAt);
        builder.HasIndex(
            notification => new
            {
                notification.OwnerId,
                notification.Sequence,
                notification.Id,
            },
            "IX_Notifications_List"
        );
        builder
            .HasIndex(
                notification => new
                {
                    notification.OwnerId,
                    notification.Sequence,
                    notification.Id,
                },
                "IX_Notifications_Unread"
            )
            .HasFilter("ReadAt IS NULL");

        builder.HasIndex(notification => notification.MailId).HasFilter("MailId IS NOT NULL");
        builder.Property(notification => notification.Type).HasConversion<string>().HasMaxLength(TypeMaxLength);
        builder.Property(notification => notification.Title).HasMaxLength(TaskItem.TitleMaxLength);
    }
}

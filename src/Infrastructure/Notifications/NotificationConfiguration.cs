using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Notifications;
using Fitnessify.Domain.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fitnessify.Infrastructure.Notifications;

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
        // There is no foreign key to the task, because a notification is kept when its task is purged.
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

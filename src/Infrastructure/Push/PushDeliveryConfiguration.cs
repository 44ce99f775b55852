using Fitnessify.Domain.Push;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fitnessify.Infrastructure.Push;

internal sealed class PushDeliveryConfiguration : IEntityTypeConfiguration<PushDelivery>
{
    private const int KindMaxLength = 20;

    public void Configure(EntityTypeBuilder<PushDelivery> builder)
    {
        builder.ToTable("PushDeliveries");
        builder.Property(delivery => delivery.Id).ValueGeneratedNever();
        builder.Property(delivery => delivery.Kind).HasConversion<string>().HasMaxLength(KindMaxLength);
        builder.Ignore(delivery => delivery.PostponedFrom);
        builder.Ignore(delivery => delivery.IsFinished);
        builder.Ignore(delivery => delivery.ExpiresAt);
        // There is no foreign key to the notification: SQL Server permits only one path along which deletions cascade.
        builder
            .HasIndex(delivery => new
            {
                delivery.OwnerId,
                delivery.MessageId,
                delivery.DeviceId,
            })
            .IsUnique();
        builder.HasIndex(delivery => new { delivery.NextAttemptAt, delivery.Kind }).HasFilter("SentAt IS NULL");
        builder.HasIndex(delivery => new
        {
            delivery.OwnerId,
            delivery.SentAt,
            delivery.DeviceId,
        });
        // For the retention.
        builder.HasIndex(delivery => delivery.CreatedAt);
        builder
            .HasOne<Device>()
            .WithMany()
            .HasForeignKey(delivery => new { delivery.OwnerId, delivery.DeviceId })
            .OnDelete(DeleteBehavior.Cascade);
    }
}

using Fitnessify.Domain.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fitnessify.Infrastructure.Changes;

internal sealed class ChangeCounterConfiguration : IEntityTypeConfiguration<ChangeCounter>
{
    public void Configure(EntityTypeBuilder<ChangeCounter> builder)
    {
        builder.ToTable("ChangeCounters");
        builder.HasKey(counter => counter.OwnerId);
        builder.Property(counter => counter.OwnerId).ValueGeneratedNever();
        builder.Property(counter => counter.TimeZone).HasMaxLength(Account.TimeZoneMaxLength);
        builder
            .HasIndex(counter => counter.RescheduledThrough, "IX_ChangeCounters_RescheduledThrough")
            .HasFilter("RescheduledThrough IS NOT NULL");
        builder
            .HasOne<Account>()
            .WithOne()
            .HasForeignKey<ChangeCounter>(counter => counter.OwnerId)
            .OnDelete(DeleteBehavior.Cascade);
    }
}

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
        builder
            .HasOne<Account>()
            .WithOne()
            .HasForeignKey<ChangeCounter>(counter => counter.OwnerId)
            .OnDelete(DeleteBehavior.Cascade);
    }
}

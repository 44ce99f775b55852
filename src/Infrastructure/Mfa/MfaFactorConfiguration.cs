using Fitnessify.Domain.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fitnessify.Infrastructure.Mfa;

internal sealed class MfaFactorConfiguration : IEntityTypeConfiguration<MfaFactor>
{
    public void Configure(EntityTypeBuilder<MfaFactor> builder)
    {
        builder.ToTable("MfaFactors");
        builder.HasKey(factor => factor.UserId);
        builder.Property(factor => factor.LastUsedStep).IsConcurrencyToken();
        // A code that was compared with one seed does not confirm another that took its place meanwhile.
        builder.Property(factor => factor.Seed).IsConcurrencyToken();
        builder
            .HasOne<Account>()
            .WithOne()
            .HasForeignKey<MfaFactor>(factor => factor.UserId)
            .OnDelete(DeleteBehavior.Cascade);
    }
}

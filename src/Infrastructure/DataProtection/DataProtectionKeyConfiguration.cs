using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fitnessify.Infrastructure.DataProtection;

internal sealed class DataProtectionKeyConfiguration : IEntityTypeConfiguration<DataProtectionKey>
{
    private const int NameMaxLength = 100;

    public void Configure(EntityTypeBuilder<DataProtectionKey> builder)
    {
        builder.ToTable("DataProtectionKeys");
        builder.Property(key => key.Id).ValueGeneratedNever();
        builder.Property(key => key.FriendlyName).HasMaxLength(NameMaxLength);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fitnessify.Infrastructure.Persistence;

internal sealed class SequenceConfiguration : IEntityTypeConfiguration<Sequence>
{
    private const int NameMaxLength = 50;

    public void Configure(EntityTypeBuilder<Sequence> builder)
    {
        builder.ToTable("Sequences");
        builder.HasKey(sequence => sequence.Name);
        builder.Property(sequence => sequence.Name).HasMaxLength(NameMaxLength);
        builder.HasData(
            new Sequence { Name = Sequence.Notifications },
            new Sequence { Name = Sequence.Epoch },
            new Sequence { Name = Sequence.TimeZoneData }
        );
    }
}

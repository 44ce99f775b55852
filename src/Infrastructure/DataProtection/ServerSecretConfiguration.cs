using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fitnessify.Infrastructure.DataProtection;

internal sealed class ServerSecretConfiguration : IEntityTypeConfiguration<ServerSecret>
{
    private const int NameMaxLength = 50;

    public void Configure(EntityTypeBuilder<ServerSecret> builder)
    {
        builder.ToTable("ServerSecrets");
        builder.HasKey(secret => secret.Name);
        builder.Property(secret => secret.Name).HasMaxLength(NameMaxLength);
    }
}

using System.Security.Cryptography;
using Fitnessify.Domain.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fitnessify.Infrastructure.Mfa;

internal sealed class RecoveryCodeConfiguration : IEntityTypeConfiguration<RecoveryCodeHash>
{
    public void Configure(EntityTypeBuilder<RecoveryCodeHash> builder)
    {
        builder.ToTable("RecoveryCodes");
        builder.HasKey(code => new { code.UserId, code.Hash });
        builder.Property(code => code.Hash).HasMaxLength(SHA256.HashSizeInBytes).IsFixedLength();
        builder.HasOne<Account>().WithMany().HasForeignKey(code => code.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

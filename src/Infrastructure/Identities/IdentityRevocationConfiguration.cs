using System.Security.Cryptography;
using Fitnessify.Domain.Identities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fitnessify.Infrastructure.Identities;

internal sealed class IdentityRevocationConfiguration : IEntityTypeConfiguration<IdentityRevocation>
{
    public void Configure(EntityTypeBuilder<IdentityRevocation> builder)
    {
        builder.ToTable("IdentityRevocations");
        builder.Property(revocation => revocation.Id).ValueGeneratedNever();
        builder.Property(revocation => revocation.Provider).HasMaxLength(LinkedIdentity.ProviderMaxLength);
        builder.Property(revocation => revocation.ClientId).HasMaxLength(LinkedIdentity.ClientIdMaxLength);
        builder.Property(revocation => revocation.Token).HasMaxLength(IdentityGrant.RefreshTokenMaxLength);
        builder.Property(revocation => revocation.SubjectHash).HasMaxLength(SHA256.HashSizeInBytes);
        builder.Ignore(revocation => revocation.Grant);
        builder.HasIndex(revocation => revocation.NextAttemptAt);
        builder.HasIndex(revocation => revocation.SubjectHash);
    }
}

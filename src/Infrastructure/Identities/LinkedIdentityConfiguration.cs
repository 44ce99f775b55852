using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Identities;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fitnessify.Infrastructure.Identities;

/// <summary>The name of the index that makes an identity belong to one account.</summary>
internal static class IdentityIndexes
{
    public const string Subject = "IX_Identities_Subject";
}

internal sealed class LinkedIdentityConfiguration : IEntityTypeConfiguration<LinkedIdentity>
{
    public void Configure(EntityTypeBuilder<LinkedIdentity> builder)
    {
        builder.ToTable("Identities");
        builder.Property(identity => identity.Id).ValueGeneratedNever();
        builder.Property(identity => identity.Provider).HasMaxLength(LinkedIdentity.ProviderMaxLength);
        builder.Property(identity => identity.Issuer).HasMaxLength(LinkedIdentity.IssuerMaxLength).ComparesBytewise();
        builder.Property(identity => identity.Subject).HasMaxLength(LinkedIdentity.SubjectMaxLength).ComparesBytewise();
        builder.Property(identity => identity.Email).HasMaxLength(Account.EmailMaxLength);
        builder.Property(identity => identity.GrantClientId).HasMaxLength(LinkedIdentity.ClientIdMaxLength);
        builder.Property(identity => identity.GrantToken).HasMaxLength(IdentityGrant.RefreshTokenMaxLength);
        builder.Ignore(identity => identity.Grant);
        builder
            .HasIndex(identity => new { identity.Subject, identity.Issuer })
            .IsUnique()
            .HasDatabaseName(IdentityIndexes.Subject);
        builder
            .HasOne<Account>()
            .WithMany()
            .HasForeignKey(identity => identity.OwnerId)
            .OnDelete(DeleteBehavior.Cascade);
    }
}

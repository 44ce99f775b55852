using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Passkeys;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fitnessify.Infrastructure.Passkeys;

/// <summary>The name that a violation goes by.</summary>
internal static class PasskeyColumns
{
    public const string PrimaryKey = "PK_Passkeys";
}

internal sealed class PasskeyConfiguration : IEntityTypeConfiguration<IdentityUserPasskey<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityUserPasskey<Guid>> builder)
    {
        builder.ToTable("Passkeys");
        builder.HasKey(passkey => passkey.CredentialId).HasName(PasskeyColumns.PrimaryKey);
        builder.Property(passkey => passkey.CredentialId).HasMaxLength(Passkey.IdMaxBytes);
        builder.OwnsOne(passkey => passkey.Data).ToJson();
        builder.HasOne<Account>().WithMany().HasForeignKey(passkey => passkey.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

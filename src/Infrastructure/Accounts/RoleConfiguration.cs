using Fitnessify.Domain.Accounts;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fitnessify.Infrastructure.Accounts;

// Roles, their permissions and their members are rows of ASP.NET Core Identity's types.

internal sealed class RoleConfiguration : IEntityTypeConfiguration<IdentityRole<Guid>>
{
    private const int NameMaxLength = 50;

    public void Configure(EntityTypeBuilder<IdentityRole<Guid>> builder)
    {
        builder.ToTable("Roles");
        builder.HasKey(role => role.Id);
        builder.Property(role => role.Id).ValueGeneratedNever();
        builder.Property(role => role.Name).HasMaxLength(NameMaxLength).IsRequired();
        builder.Property(role => role.NormalizedName).HasMaxLength(NameMaxLength).IsRequired().ComparesBytewise();
        builder.Property(role => role.ConcurrencyStamp).HasMaxLength(NameMaxLength).IsConcurrencyToken();
        builder.HasIndex(role => role.NormalizedName).IsUnique().HasDatabaseName("IX_Roles_NormalizedName");
        builder.HasData(RoleSeed.Roles);
    }
}

internal sealed class RoleClaimConfiguration : IEntityTypeConfiguration<IdentityRoleClaim<Guid>>
{
    private const int ClaimMaxLength = 100;

    public void Configure(EntityTypeBuilder<IdentityRoleClaim<Guid>> builder)
    {
        builder.ToTable("RoleClaims");
        builder.HasKey(claim => claim.Id);
        builder.Property(claim => claim.ClaimType).HasMaxLength(ClaimMaxLength).IsRequired();
        builder.Property(claim => claim.ClaimValue).HasMaxLength(ClaimMaxLength).IsRequired();
        builder.HasOne<IdentityRole<Guid>>().WithMany().HasForeignKey(claim => claim.RoleId).IsRequired();
        builder.HasData(RoleSeed.Claims);
    }
}

internal sealed class UserRoleConfiguration : IEntityTypeConfiguration<IdentityUserRole<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityUserRole<Guid>> builder)
    {
        builder.ToTable("UserRoles");
        builder.HasKey(membership => new { membership.UserId, membership.RoleId });
        builder.HasOne<Account>().WithMany().HasForeignKey(membership => membership.UserId).IsRequired();
        builder.HasOne<IdentityRole<Guid>>().WithMany().HasForeignKey(membership => membership.RoleId).IsRequired();
    }
}

using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Notifications;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fitnessify.Infrastructure.Accounts;

/// <summary>The names of the indexes that make accounts unique.</summary>
internal static class UserIndexes
{
    public const string Username = "IX_Users_NormalizedUserName";
    public const string Email = "IX_Users_NormalizedEmail";
}

/// <summary>SQL Server takes no key of more than 900 bytes.</summary>
internal static class KeyLengths
{
    /// <summary>UTF-16 units.</summary>
    public const int Name = 128;
}

// Identity's tables, under names that one expects, and without the columns that nothing here uses.

internal sealed class AppUserConfiguration : IEntityTypeConfiguration<AppUser>
{
    private const int HashMaxLength = 256;
    private const int StampMaxLength = 64;

    public void Configure(EntityTypeBuilder<AppUser> builder)
    {
        builder.ToTable("Users");
        builder.Property(user => user.UserName).HasMaxLength(User.UsernameMaxLength).IsRequired();
        builder.Property(user => user.NormalizedUserName).HasMaxLength(User.UsernameMaxLength).IsRequired();
        builder.Property(user => user.Email).HasMaxLength(User.EmailMaxLength).IsRequired();
        builder.Property(user => user.NormalizedEmail).HasMaxLength(User.EmailMaxLength).IsRequired();
        builder.Property(user => user.PasswordHash).HasMaxLength(HashMaxLength).IsRequired();
        builder.Property(user => user.SecurityStamp).HasMaxLength(StampMaxLength);
        builder.Property(user => user.ConcurrencyStamp).HasMaxLength(StampMaxLength);
        builder.Property(user => user.PendingEmail).HasMaxLength(User.EmailMaxLength);
        builder.Property(user => user.NormalizedPendingEmail).HasMaxLength(User.EmailMaxLength);
        builder
            .HasIndex(user => user.NormalizedPendingEmail)
            .HasFilter($"{nameof(AppUser.NormalizedPendingEmail)} IS NOT NULL");
        builder
            .Property(user => user.TimeZone)
            .HasMaxLength(NotificationSettings.TimeZoneMaxLength)
            .HasDefaultValue(NotificationSettings.Default.TimeZone);
        builder.HasIndex(user => user.NormalizedUserName).IsUnique().HasDatabaseName(UserIndexes.Username);
        builder.HasIndex(user => user.NormalizedEmail).IsUnique().HasDatabaseName(UserIndexes.Email);
        builder.HasIndex(user => new { user.CreatedAt, user.Id });
        builder.HasIndex(user => user.DeletedAt).HasFilter($"{nameof(AppUser.DeletedAt)} IS NOT NULL");
        builder.HasIndex(user => user.CreatedAt, "IX_Users_Unconfirmed").HasFilter("EmailConfirmed = 0");
        builder.Ignore(user => user.PhoneNumber).Ignore(user => user.PhoneNumberConfirmed);
        // Failed sign-ins are counted elsewhere, for unknown accounts too.
        builder
            .Ignore(user => user.LockoutEnd)
            .Ignore(user => user.LockoutEnabled)
            .Ignore(user => user.AccessFailedCount);
    }
}

internal sealed class RoleConfiguration : IEntityTypeConfiguration<IdentityRole<Guid>>
{
    private const int NameMaxLength = 50;

    public void Configure(EntityTypeBuilder<IdentityRole<Guid>> builder)
    {
        builder.ToTable("Roles");
        builder.Property(role => role.Name).HasMaxLength(NameMaxLength).IsRequired();
        builder.Property(role => role.NormalizedName).HasMaxLength(NameMaxLength).IsRequired();
        builder.Property(role => role.ConcurrencyStamp).HasMaxLength(NameMaxLength);
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
        builder.Property(claim => claim.ClaimType).HasMaxLength(ClaimMaxLength).IsRequired();
        builder.Property(claim => claim.ClaimValue).HasMaxLength(ClaimMaxLength).IsRequired();
        builder.HasData(RoleSeed.Claims);
    }
}

internal sealed class UserRoleConfiguration : IEntityTypeConfiguration<IdentityUserRole<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityUserRole<Guid>> builder) => builder.ToTable("UserRoles");
}

internal sealed class UserClaimConfiguration : IEntityTypeConfiguration<IdentityUserClaim<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityUserClaim<Guid>> builder) => builder.ToTable("UserClaims");
}

internal sealed class UserLoginConfiguration : IEntityTypeConfiguration<IdentityUserLogin<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityUserLogin<Guid>> builder)
    {
        builder.ToTable("UserLogins");
        builder.Property(login => login.LoginProvider).HasMaxLength(KeyLengths.Name);
        builder.Property(login => login.ProviderKey).HasMaxLength(KeyLengths.Name);
    }
}

internal sealed class UserTokenConfiguration : IEntityTypeConfiguration<IdentityUserToken<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityUserToken<Guid>> builder)
    {
        builder.ToTable("UserTokens");
        builder.Property(token => token.LoginProvider).HasMaxLength(KeyLengths.Name);
        builder.Property(token => token.Name).HasMaxLength(KeyLengths.Name);
    }
}

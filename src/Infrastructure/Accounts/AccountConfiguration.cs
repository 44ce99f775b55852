using System.Security.Cryptography;
using Fitnessify.Domain.Accounts;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fitnessify.Infrastructure.Accounts;

/// <summary>The names of the indexes that make accounts unique.</summary>
internal static class AccountIndexes
{
    public const string Username = "IX_Users_NormalizedUsername";
    public const string Email = "IX_Users_NormalizedEmail";
    public const string GuestKey = "IX_Users_GuestKey";
}

internal sealed class AccountConfiguration : IEntityTypeConfiguration<Account>
{
    private const int HashMaxLength = 256;
    private const int StampMaxLength = 64;
    private const int KindMaxLength = 10;

    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.ToTable("Users");
        builder.Property(account => account.Id).ValueGeneratedNever();
        builder.Property(account => account.Kind).HasConversion<string>().HasMaxLength(KindMaxLength);
        builder.Property(account => account.GuestKeyHash).HasMaxLength(SHA256.HashSizeInBytes);
        builder.Property(account => account.Username).HasMaxLength(Account.UsernameMaxLength);
        builder
            .Property(account => account.NormalizedUsername)
            .HasMaxLength(Account.UsernameMaxLength)
            .ComparesBytewise();
        builder.Property(account => account.Email).HasMaxLength(Account.EmailMaxLength);
        builder.Property(account => account.NormalizedEmail).HasMaxLength(Account.EmailMaxLength).ComparesBytewise();
        builder.Property(account => account.PendingEmail).HasMaxLength(Account.EmailMaxLength);
        builder
            .Property(account => account.NormalizedPendingEmail)
            .HasMaxLength(Account.EmailMaxLength)
            .ComparesBytewise();
        builder.Property(account => account.DisplayName).HasMaxLength(Account.DisplayNameMaxLength);
        builder.Property(account => account.Locale).HasMaxLength(Account.LocaleMaxLength);
        builder.Property(account => account.TimeZone).HasMaxLength(Account.TimeZoneMaxLength);
        builder.Property(account => account.PasswordHash).HasMaxLength(HashMaxLength);
        builder.Property(account => account.SecurityStamp).HasMaxLength(StampMaxLength);
        // A change of an account that was deleted meanwhile finds no row.
        builder.Property(account => account.DeletedAt).IsConcurrencyToken();

        builder.HasIndex(account => account.NormalizedUsername).IsUnique().HasDatabaseName(AccountIndexes.Username);
        builder.HasIndex(account => account.NormalizedEmail).IsUnique().HasDatabaseName(AccountIndexes.Email);
        builder
            .HasIndex(account => account.NormalizedPendingEmail)
            .HasFilter($"{nameof(Account.NormalizedPendingEmail)} IS NOT NULL");
        builder.HasIndex(account => new { account.CreatedAt, account.Id });
        builder.HasIndex(account => account.DeletedAt).HasFilter($"{nameof(Account.DeletedAt)} IS NOT NULL");
        builder
            .HasIndex(account => account.CreatedAt, "IX_Users_Unconfirmed")
            .HasFilter("EmailConfirmed = 0 AND Email IS NOT NULL");
        builder
            .HasIndex(account => account.GuestKeyHash)
            .IsUnique()
            .HasFilter($"{nameof(Account.GuestKeyHash)} IS NOT NULL")
            .HasDatabaseName(AccountIndexes.GuestKey);
        builder
            .HasIndex(account => new { account.Id, account.CreatedAt }, "IX_Users_Guests")
            .HasFilter($"{nameof(Account.Kind)} = '{nameof(AccountKind.Guest)}'");
    }
}

using System.Security.Cryptography;
using Fitnessify.Infrastructure.Identity;
using Fitnessify.Infrastructure.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fitnessify.Infrastructure.Persistence.Configurations;

// What the security adapters store for themselves.

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

internal sealed class AccountTokenConfiguration : IEntityTypeConfiguration<AccountToken>
{
    private const int PurposeMaxLength = 30;

    public void Configure(EntityTypeBuilder<AccountToken> builder)
    {
        builder.ToTable("AccountTokens");
        builder.HasKey(token => new { token.UserId, token.Purpose });
        builder.Property(token => token.Purpose).HasConversion<string>().HasMaxLength(PurposeMaxLength);
        builder.Property(token => token.Nonce).IsConcurrencyToken();
        builder.HasOne<AppUser>().WithMany().HasForeignKey(token => token.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class UnusedChallengeTokenConfiguration : IEntityTypeConfiguration<UnusedChallengeToken>
{
    private const int PurposeMaxLength = 30;

    public void Configure(EntityTypeBuilder<UnusedChallengeToken> builder)
    {
        builder.ToTable("UnusedChallengeTokens");
        builder.Property(challengeToken => challengeToken.Id).ValueGeneratedNever();
        builder
            .Property(challengeToken => challengeToken.Purpose)
            .HasConversion<string>()
            .HasMaxLength(PurposeMaxLength);
        builder.HasIndex(challengeToken => challengeToken.ExpiresAt);
        builder
            .HasOne<AppUser>()
            .WithMany()
            .HasForeignKey(challengeToken => challengeToken.UserId)
            .OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class SecondFactorConfiguration : IEntityTypeConfiguration<StoredSecondFactor>
{
    public void Configure(EntityTypeBuilder<StoredSecondFactor> builder)
    {
        builder.ToTable("SecondFactors");
        builder.HasKey(factor => factor.UserId);
        builder.Property(factor => factor.LastUsedStep).IsConcurrencyToken();
        // A code that was compared with one seed does not confirm another that took its place meanwhile.
        builder.Property(factor => factor.Seed).IsConcurrencyToken();
        builder
            .HasOne<AppUser>()
            .WithOne()
            .HasForeignKey<StoredSecondFactor>(factor => factor.UserId)
            .OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class RecoveryCodeConfiguration : IEntityTypeConfiguration<StoredRecoveryCode>
{
    public void Configure(EntityTypeBuilder<StoredRecoveryCode> builder)
    {
        builder.ToTable("RecoveryCodes");
        builder.HasKey(code => new { code.UserId, code.Hash });
        builder.Property(code => code.Hash).HasMaxLength(SHA256.HashSizeInBytes).IsFixedLength();
        builder.HasOne<AppUser>().WithMany().HasForeignKey(code => code.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class SignInFailuresConfiguration : IEntityTypeConfiguration<SignInFailures>
{
    public void Configure(EntityTypeBuilder<SignInFailures> builder)
    {
        builder.ToTable("SignInFailures");
        builder.HasKey(failures => failures.Key);
        builder.Property(failures => failures.Key).HasMaxLength(Security.SignInFailures.KeyLength).IsFixedLength();
        builder.Property(failures => failures.LoginKey).HasMaxLength(Security.SignInFailures.KeyLength).IsFixedLength();
        builder.HasIndex(failures => failures.LoginKey).HasFilter("LoginKey IS NOT NULL");
        builder.HasIndex(failures => failures.EndsAt);
    }
}

using System.Security.Cryptography;
using System.Text;
using Fitnessify.Domain.Identities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fitnessify.Infrastructure.Identities;

/// <summary>The nonce of an ID token that was used, so that the token works once.</summary>
internal sealed class UsedNonce
{
    /// <summary>The SHA-256 digest of issuer and nonce.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>The time in UTC at which the token expires.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    public static UsedNonce Of(IdentityClaims claims) => new() { Hash = HashOf(claims), ExpiresAt = claims.ExpiresAt };

    public static byte[] HashOf(IdentityClaims claims) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{claims.Issuer}\n{claims.Nonce}"));
}

internal sealed class UsedNonceConfiguration : IEntityTypeConfiguration<UsedNonce>
{
    public const string PrimaryKey = "PK_UsedNonces";

    public void Configure(EntityTypeBuilder<UsedNonce> builder)
    {
        builder.ToTable("UsedNonces");
        builder.HasKey(nonce => nonce.Hash).HasName(PrimaryKey);
        builder.Property(nonce => nonce.Hash).HasMaxLength(SHA256.HashSizeInBytes);
        builder.HasIndex(nonce => nonce.ExpiresAt);
    }
}

using Fitnessify.Domain.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fitnessify.Infrastructure.Auth;

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
            .HasOne<Account>()
            .WithMany()
            .HasForeignKey(challengeToken => challengeToken.UserId)
            .OnDelete(DeleteBehavior.Cascade);
    }
}

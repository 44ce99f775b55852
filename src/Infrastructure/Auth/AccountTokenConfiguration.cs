using Fitnessify.Domain.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fitnessify.Infrastructure.Auth;

internal sealed class AccountTokenConfiguration : IEntityTypeConfiguration<AccountToken>
{
    private const int PurposeMaxLength = 30;

    public void Configure(EntityTypeBuilder<AccountToken> builder)
    {
        builder.ToTable("AccountTokens");
        builder.HasKey(token => new { token.UserId, token.Purpose });
        builder.Property(token => token.Purpose).HasConversion<string>().HasMaxLength(PurposeMaxLength);
        builder.Property(token => token.Nonce).IsConcurrencyToken();
        builder.HasOne<Account>().WithMany().HasForeignKey(token => token.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

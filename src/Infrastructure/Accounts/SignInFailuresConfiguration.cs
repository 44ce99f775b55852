using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fitnessify.Infrastructure.Accounts;

internal sealed class SignInFailuresConfiguration : IEntityTypeConfiguration<SignInFailures>
{
    public void Configure(EntityTypeBuilder<SignInFailures> builder)
    {
        builder.ToTable("SignInFailures");
        builder.HasKey(failures => failures.Key);
        builder.Property(failures => failures.Key).HasMaxLength(Accounts.SignInFailures.KeyLength).IsFixedLength();
        builder.Property(failures => failures.LoginKey).HasMaxLength(Accounts.SignInFailures.KeyLength).IsFixedLength();
        builder.HasIndex(failures => failures.LoginKey).HasFilter("LoginKey IS NOT NULL");
        builder.HasIndex(failures => failures.EndsAt);
    }
}

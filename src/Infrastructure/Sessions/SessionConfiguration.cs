using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fitnessify.Infrastructure.Sessions;

internal sealed class SessionConfiguration : IEntityTypeConfiguration<Session>
{
    private const int ReasonMaxLength = 30;
    private const int StampMaxLength = 64;

    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.ToTable("Sessions");
        builder.Property(session => session.Id).ValueGeneratedNever();
        builder.Property(session => session.Device).HasMaxLength(Session.DeviceMaxLength);
        builder.Property(session => session.IpAddress).HasMaxLength(Session.IpAddressMaxLength);
        builder.Property(session => session.RevokedReason).HasConversion<string>().HasMaxLength(ReasonMaxLength);
        builder.Property(session => session.ReauthenticationStamp).HasMaxLength(StampMaxLength);
        builder.HasIndex(session => new { session.OwnerId, session.CreatedAt });
        // For the retention.
        builder.HasIndex(session => session.ExpiresAt);
        builder.HasIndex(session => session.RevokedAt).HasFilter("RevokedAt IS NOT NULL");
        builder.HasOne<Account>().WithMany().HasForeignKey(session => session.OwnerId).OnDelete(DeleteBehavior.Cascade);
    }
}

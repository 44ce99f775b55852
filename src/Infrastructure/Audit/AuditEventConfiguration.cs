using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fitnessify.Infrastructure.Audit;

internal sealed class AuditEventConfiguration : IEntityTypeConfiguration<AuditEvent>
{
    private const int NameMaxLength = 50;

    public void Configure(EntityTypeBuilder<AuditEvent> builder)
    {
        builder.ToTable("AuditEvents");
        builder.Property(audit => audit.Id).ValueGeneratedNever();
        builder.Property(audit => audit.Type).HasConversion<string>().HasMaxLength(NameMaxLength);
        builder.Property(audit => audit.Outcome).HasConversion<string>().HasMaxLength(NameMaxLength);
        builder.Property(audit => audit.Method).HasConversion<string>().HasMaxLength(NameMaxLength);
        builder.Property(audit => audit.IpAddress).HasMaxLength(Session.IpAddressMaxLength);
        builder.Property(audit => audit.Device).HasMaxLength(Session.DeviceMaxLength);
        // No foreign keys: the trail outlives whom and what it tells of.
        // One for each way to list, and by time for the retention.
        Listed(builder, nameof(AuditEvent.SubjectId));
        Listed(builder, nameof(AuditEvent.ActorId));
        Listed(builder, nameof(AuditEvent.Type));
        builder.HasIndex(audit => new { audit.At, audit.Id });
    }

    private static void Listed(EntityTypeBuilder<AuditEvent> builder, string by) =>
        builder.HasIndex(by, nameof(AuditEvent.At), nameof(AuditEvent.Id));
}

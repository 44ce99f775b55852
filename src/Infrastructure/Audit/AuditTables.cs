using Fitnessify.Domain.Audit;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Audit;

/// <summary>The tables of this room.</summary>
internal static class AuditTables
{
    extension(AppDbContext context)
    {
        public DbSet<AuditEvent> AuditEvents => context.Set<AuditEvent>();
    }
}

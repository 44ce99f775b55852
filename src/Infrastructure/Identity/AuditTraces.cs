using Fitnessify.Domain.Audit;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Identity;

/// <summary>What the audit trail tells of a person, besides the ids.</summary>
internal static class AuditTraces
{
    /// <summary>Erases it. What others did to the account tells of them, and stays.</summary>
    public static async Task EraseAsync(AppDbContext context, Guid userId, CancellationToken cancellationToken)
    {
        // Each a range of an index.
        var toThem = context.AuditEvents.Where(audit => audit.SubjectId == userId && audit.ActorId == null);
        var byThem = context.AuditEvents.Where(audit => audit.ActorId == userId);
        foreach (var events in (IQueryable<AuditEvent>[])[toThem, byThem])
        {
            await events.ExecuteUpdateAsync(
                set =>
                    set.SetProperty(audit => audit.IpAddress, (string?)null)
                        .SetProperty(audit => audit.Device, (string?)null),
                cancellationToken
            );
        }
    }
}

using Fitnessify.Domain.Audit;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Audit;

/// <summary>What the audit trail tells of a person, besides the ids. What others did to the account tells of them, and stays.</summary>
internal static class AuditTraces
{
    /// <summary>Erases what nobody who was signed in did to the account, a part of it.</summary>
    /// <returns>Of how many events; 0 when there are no more.</returns>
    public static Task<int> EraseToAsync(
        AppDbContext context,
        Guid userId,
        int limit,
        CancellationToken cancellationToken
    ) =>
        EraseAsync(
            context.AuditEvents.Where(audit => audit.SubjectId == userId && audit.ActorId == null),
            limit,
            cancellationToken
        );

    /// <summary>Erases what the person did, a part of it.</summary>
    /// <returns>Of how many events; 0 when there are no more.</returns>
    public static Task<int> EraseByAsync(
        AppDbContext context,
        Guid userId,
        int limit,
        CancellationToken cancellationToken
    ) => EraseAsync(context.AuditEvents.Where(audit => audit.ActorId == userId), limit, cancellationToken);

    private static Task<int> EraseAsync(
        IQueryable<AuditEvent> events,
        int limit,
        CancellationToken cancellationToken
    ) =>
        events
            .Where(audit => audit.IpAddress != null || audit.Device != null)
            .OrderBy(audit => audit.At)
            .Take(limit)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(audit => audit.IpAddress, (string?)null)
                        .SetProperty(audit => audit.Device, (string?)null),
                cancellationToken
            );
}

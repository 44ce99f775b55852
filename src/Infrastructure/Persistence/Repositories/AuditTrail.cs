using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Persistence.Repositories;

internal sealed class AuditTrail(AppDbContext context, Cursors cursors) : IAuditTrail
{
    private const string List = "security-events";

    private static readonly KeyOrder<AuditEvent, DateTimeOffset> NewestFirst = new(
        audit => audit.At,
        audit => audit.Id,
        IsDescending: true,
        audit => audit.At,
        CursorPages.Write,
        CursorPages.ParseTime
    );

    public void Add(AuditEvent auditEvent) => context.AuditEvents.Add(auditEvent);

    public Task<Result<Page<AuditEvent>>> ListAsync(
        Guid subjectId,
        PageRequest page,
        CancellationToken cancellationToken
    ) =>
        context
            .AuditEvents.AsNoTracking()
            .Where(audit => audit.SubjectId == subjectId)
            .ReadAsync(NewestFirst, page, cursors, List, subjectId, cancellationToken);
}

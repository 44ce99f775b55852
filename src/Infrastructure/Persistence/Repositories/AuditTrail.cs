using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Persistence.Repositories;

internal sealed class AuditTrail(AppDbContext context, Cursors cursors) : IAuditTrail
{
    private const string List = "security-events";

    public void Add(AuditEvent auditEvent) => context.AuditEvents.Add(auditEvent);

    public async Task<Result<Page<AuditEvent>>> ListAsync(
        Guid subjectId,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        var events = context.AuditEvents.AsNoTracking().Where(audit => audit.SubjectId == subjectId);
        if (page.Cursor is not null)
        {
            if (cursors.Read(List, subjectId, page.Cursor) is not { } last)
            {
                return CommonErrors.InvalidCursor;
            }

            events = events.Where(audit =>
                audit.At <= last.At && (audit.At < last.At || audit.Id.CompareTo(last.Id) < 0)
            );
        }

        // One more than asked for tells whether there is a next page.
        var found = await events
            .OrderByDescending(audit => audit.At)
            .ThenByDescending(audit => audit.Id)
            .Take(page.Limit + 1)
            .ToListAsync(cancellationToken);
        if (found.Count <= page.Limit)
        {
            return new Page<AuditEvent>(found, null);
        }

        var items = found[..page.Limit];
        return new Page<AuditEvent>(
            items,
            cursors.Write(List, subjectId, new CursorPosition(items[^1].At, items[^1].Id))
        );
    }
}

using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Persistence.Paging;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Audit;

internal sealed class AuditTrail(AppDbContext context, CursorFormat cursors) : IAuditTrail
{
    private const string List = "security-events";

    private static readonly KeyOrder<AuditEvent, DateTimeOffset, Guid> NewestFirst = new(
        audit => audit.At,
        audit => audit.Id,
        IsDescending: true,
        audit => audit.At,
        audit => audit.Id,
        KeysetPaging.Write,
        KeysetPaging.ParseTime
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

    public Task<Result<Page<AuditEvent>>> SearchAsync(
        Guid callerId,
        AuditFilter filter,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        var events = Filter(filter);
        // Two ranges of two indexes: with "or" there would be no order to read them in.
        IReadOnlyList<IQueryable<AuditEvent>> parts = filter.UserId is { } id
            ? [events.Where(a => a.SubjectId == id), events.Where(a => a.ActorId == id && a.SubjectId != id)]
            : [events];
        var list = string.Join(
            '\u001f',
            "audit-events",
            filter.UserId,
            filter.Type,
            filter.From?.UtcTicks,
            filter.To?.UtcTicks
        );
        return parts.ReadAsync(NewestFirst, page, cursors, list, callerId, cancellationToken);
    }

    private IQueryable<AuditEvent> Filter(AuditFilter filter)
    {
        var events = context.AuditEvents.AsNoTracking();
        if (filter.Type is { } type)
        {
            // A user's events are few, those of a type are not. SQLite knows of neither and would take the index of the
            // types, unless the comparison is written so that it cannot; no id is empty.
            events = filter.UserId is null
                ? events.Where(audit => audit.Type == type)
                : events.Where(audit => (audit.Type == type) == (audit.Id != Guid.Empty));
        }

        if (filter.From is { } from)
        {
            events = events.Where(audit => audit.At >= from);
        }

        return filter.To is { } to ? events.Where(audit => audit.At < to) : events;
    }
}

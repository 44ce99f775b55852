using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Audit;

/// <summary>Stores and reads the audit trail. Events can be added, but not changed.</summary>
public interface IAuditTrail
{
    /// <summary>Adds an event to the unit of work.</summary>
    void Add(AuditEvent auditEvent);

    /// <summary>Lists the events of a user's account, newest first.</summary>
    /// <returns>A page of events, or <c>invalid_cursor</c>.</returns>
    Task<Result<Page<AuditEvent>>> ListAsync(Guid subjectId, PageRequest page, CancellationToken cancellationToken);

    /// <summary>Lists the events of all accounts, newest first.</summary>
    /// <param name="callerId">The user who asks; a cursor is valid only for the user it was issued to.</param>
    /// <param name="filter">The events that are wanted.</param>
    /// <param name="page">The page that is wanted.</param>
    /// <returns>A page of events, or <c>invalid_cursor</c>.</returns>
    Task<Result<Page<AuditEvent>>> SearchAsync(
        Guid callerId,
        AuditFilter filter,
        PageRequest page,
        CancellationToken cancellationToken
    );
}

/// <summary>A filter of audit events; a null value does not filter.</summary>
/// <param name="UserId">The user who acted or was affected.</param>
/// <param name="Type">The type of the events.</param>
/// <param name="From">The earliest time in UTC, inclusive.</param>
/// <param name="To">The latest time in UTC, exclusive.</param>
public sealed record AuditFilter(Guid? UserId, AuditEventType? Type, DateTimeOffset? From, DateTimeOffset? To);

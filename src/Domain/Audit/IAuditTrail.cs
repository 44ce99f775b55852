using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Audit;

/// <summary>The audit trail. There is no way to change it.</summary>
public interface IAuditTrail
{
    /// <summary>Adds an event to the unit of work.</summary>
    void Add(AuditEvent auditEvent);

    /// <summary>What happened to a user's account, newest first.</summary>
    /// <returns>A page, or <c>invalid_cursor</c>.</returns>
    Task<Result<Page<AuditEvent>>> ListAsync(Guid subjectId, PageRequest page, CancellationToken cancellationToken);

    /// <summary>What happened to anybody, newest first.</summary>
    /// <param name="callerId">Who asks: cursors are worthless for others.</param>
    /// <param name="filter">Which events.</param>
    /// <param name="page">Which part.</param>
    /// <returns>A page, or <c>invalid_cursor</c>.</returns>
    Task<Result<Page<AuditEvent>>> SearchAsync(
        Guid callerId,
        AuditFilter filter,
        PageRequest page,
        CancellationToken cancellationToken
    );
}

/// <summary>Which events; null does not filter.</summary>
/// <param name="UserId">Who did it, or to whom it was done.</param>
/// <param name="Type">What.</param>
/// <param name="From">UTC; not before.</param>
/// <param name="To">UTC; before.</param>
public sealed record AuditFilter(Guid? UserId, AuditEventType? Type, DateTimeOffset? From, DateTimeOffset? To);

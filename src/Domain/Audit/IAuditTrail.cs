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
}

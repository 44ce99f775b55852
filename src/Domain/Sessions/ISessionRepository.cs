namespace Fitnessify.Domain.Sessions;

/// <summary>Stored sessions.</summary>
public interface ISessionRepository
{
    /// <summary>Adds a session to the unit of work.</summary>
    void Add(Session session);

    /// <summary>The session for a change, or null when the owner has none of this id.</summary>
    Task<Session?> FindAsync(Guid ownerId, Guid id, CancellationToken cancellationToken);
}

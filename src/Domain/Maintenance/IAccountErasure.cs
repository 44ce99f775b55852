namespace Fitnessify.Domain.Maintenance;

/// <summary>Erases what has belonged to deleted accounts. Each call is a transaction of its own; whatever stops it, the next goes on.</summary>
public interface IAccountErasure
{
    /// <summary>
    /// Erases rows of one deleted account, at most this many, and with the last of them the rest of the account. What the
    /// audit trail keeps of it names nobody.
    /// </summary>
    /// <returns>False when no deleted account is left.</returns>
    Task<bool> EraseAsync(int batchSize, CancellationToken cancellationToken);
}

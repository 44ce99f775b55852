namespace Fitnessify.Domain.Maintenance;

/// <summary>
/// Erases the data of deleted accounts. Each call is one transaction, and an interrupted erasure continues with the next call.
/// </summary>
public interface IAccountErasure
{
    /// <summary>
    /// Erases at most this many rows of one deleted account; the last call erases the account itself. The audit trail keeps its
    /// events without personal data.
    /// </summary>
    /// <returns>False if no deleted account is left.</returns>
    Task<bool> EraseAsync(int batchSize, CancellationToken cancellationToken);
}

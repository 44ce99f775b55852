namespace Fitnessify.Domain.Maintenance;

/// <summary>
/// Finds abandoned registrations: accounts that never confirmed an address, never had a session or a task, and have no role but
/// that of every member.
/// </summary>
public interface IUnconfirmedAccounts
{
    /// <summary>Lists such accounts that registered before the given time, oldest first.</summary>
    Task<IReadOnlyList<Guid>> ListAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken);

    /// <summary>Makes the next save fail with <c>state_conflict</c> if the account is not unconfirmed and unused any more.</summary>
    void Require(Guid userId);
}

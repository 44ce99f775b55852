namespace Fitnessify.Domain.Maintenance;

/// <summary>Accounts that nobody came back to: their address was never confirmed, and they never had a session or a task.</summary>
public interface IUnconfirmedAccounts
{
    /// <summary>Those that were made before the time, the oldest first.</summary>
    Task<IReadOnlyList<Guid>> ListAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken);

    /// <summary>Lets the next save pass only while the account is still such a one; else it is <c>state_conflict</c>.</summary>
    void Require(Guid userId);
}

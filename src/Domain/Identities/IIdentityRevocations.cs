namespace Fitnessify.Domain.Identities;

/// <summary>Stores the revocations that are to be made at providers. <see cref="IIdentityRepository.Remove"/> adds them.</summary>
public interface IIdentityRevocations
{
    /// <summary>
    /// Claims revocations that are due, the longest due first. No other instance gets them before the lease ends; a revocation
    /// is due again if its outcome is not stored by then.
    /// </summary>
    /// <param name="now">The current time in UTC.</param>
    /// <param name="max">The largest number of revocations.</param>
    /// <param name="lease">The time of the claim; longer than the attempts take.</param>
    Task<IReadOnlyList<IdentityRevocation>> TakeDueAsync(
        DateTimeOffset now,
        int max,
        TimeSpan lease,
        CancellationToken cancellationToken
    );

    /// <summary>Stores at once that the attempt failed and when the next one is due.</summary>
    Task StoreAsync(IdentityRevocation revocation, CancellationToken cancellationToken);

    /// <summary>Deletes a revocation at once, after it was made or given up.</summary>
    Task RemoveAsync(Guid id, CancellationToken cancellationToken);
}

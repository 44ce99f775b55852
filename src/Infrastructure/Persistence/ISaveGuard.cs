using Fitnessify.Domain.Common;

namespace Fitnessify.Infrastructure.Persistence;

/// <summary>Decides within the transaction of a save whether it may be.</summary>
internal interface ISaveGuard
{
    /// <summary>Before anything is written; may keep other guarded saves waiting until the commit.</summary>
    /// <returns>Why nothing may be written, or null.</returns>
    Task<Error?> BeginAsync(CancellationToken cancellationToken);

    /// <summary>When everything is written.</summary>
    /// <returns>Why all of it has to be undone, or null.</returns>
    Task<Error?> EndAsync(CancellationToken cancellationToken);
}

/// <summary>What a save does besides writing the entities.</summary>
/// <param name="lease">Of the context: it goes back to the pool with what its request has left unsaved.</param>
internal sealed class SaveExtras(int lease)
{
    public int Lease => lease;

    /// <summary>Run in the transaction, after the entities.</summary>
    public List<Func<CancellationToken, Task>> Statements { get; } = [];

    /// <summary>Around all of it.</summary>
    public ISaveGuard? Guard { get; set; }

    /// <summary>Whose live sessions the cache forgets afterwards.</summary>
    public HashSet<Guid> Evicted { get; } = [];

    public bool NeedsTransaction => Statements.Count > 0 || Guard is not null;

    /// <summary>Comes before the entities.</summary>
    /// <returns>Why nothing may be written, or null.</returns>
    public async Task<Error?> BeginAsync(CancellationToken cancellationToken) =>
        Guard is null ? null : await Guard.BeginAsync(cancellationToken);

    /// <summary>Comes after the entities.</summary>
    /// <returns>Why all has to be undone, or null.</returns>
    public async Task<Error?> EndAsync(CancellationToken cancellationToken)
    {
        foreach (var statement in Statements)
        {
            await statement(cancellationToken);
        }

        return Guard is null ? null : await Guard.EndAsync(cancellationToken);
    }
}

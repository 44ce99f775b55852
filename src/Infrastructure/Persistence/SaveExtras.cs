using Fitnessify.Domain.Common;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Persistence;

/// <summary>What a save does besides writing the entities.</summary>
/// <param name="context">Whose save.</param>
/// <param name="lease">Of the context: it goes back to the pool with what its request has left unsaved.</param>
internal sealed class SaveExtras(AppDbContext context, int lease)
{
    private readonly HashSet<Guid> _locked = [];

    public int Lease => lease;

    /// <summary>Around all of it, in this order.</summary>
    public List<ISaveStep> Steps { get; } = [];

    /// <summary>Run in the transaction, after the entities.</summary>
    public List<Func<CancellationToken, Task>> Statements { get; } = [];

    /// <summary>Whose live sessions the cache forgets afterwards.</summary>
    public HashSet<Guid> Evicted { get; } = [];

    public bool NeedsTransaction => Statements.Count > 0 || Steps.Count > 0;

    /// <summary>Keeps all other saves that rest on the account waiting until the commit.</summary>
    public async Task LockAccountAsync(Guid userId, CancellationToken cancellationToken)
    {
        if (_locked.Add(userId))
        {
            // The row stays as it is, and whoever has written it holds it.
            await context
                .Users.Where(user => user.Id == userId)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(user => user.SecurityStamp, user => user.SecurityStamp),
                    cancellationToken
                );
        }
    }

    /// <summary>Comes before the entities.</summary>
    /// <returns>Why nothing may be written, or null.</returns>
    public async Task<Error?> BeginAsync(CancellationToken cancellationToken)
    {
        _locked.Clear();
        foreach (var step in Steps)
        {
            if (await step.BeginAsync(cancellationToken) is { } refused)
            {
                return refused;
            }
        }

        return null;
    }

    /// <summary>Comes after the entities.</summary>
    /// <returns>Why all has to be undone, or null.</returns>
    public async Task<Error?> EndAsync(CancellationToken cancellationToken)
    {
        foreach (var statement in Statements)
        {
            await statement(cancellationToken);
        }

        foreach (var step in Steps)
        {
            if (await step.EndAsync(cancellationToken) is { } refused)
            {
                return refused;
            }
        }

        return null;
    }
}

using Fitnessify.Domain.Common;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Persistence;

/// <summary>
/// What a feature does within the transaction of a save. A save that is run again, after a deadlock for instance, runs its
/// steps again.
/// </summary>
internal interface ISaveStep
{
    /// <summary>Before anything is written; may change entities, and may keep other saves waiting until the commit.</summary>
    /// <returns>Why nothing may be written, or null.</returns>
    Task<Error?> BeginAsync(CancellationToken cancellationToken);

    /// <summary>When everything is written.</summary>
    /// <returns>Why all of it has to be undone, or null.</returns>
    Task<Error?> EndAsync(CancellationToken cancellationToken) => Task.FromResult<Error?>(null);
}

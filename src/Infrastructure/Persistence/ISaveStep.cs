using Fitnessify.Domain.Common;

namespace Fitnessify.Infrastructure.Persistence;

/// <summary>
/// What a feature does within a save. A room registers the steps that look at every save; a repository adds those that belong
/// to one save with <see cref="UnitOfWork.Add(ISaveStep)"/>. A save that is repeated, after a deadlock for instance, runs its steps again.
/// </summary>
internal interface ISaveStep
{
    /// <summary>Looks at what has changed, before any attempt to save; may add entities.</summary>
    /// <returns>Whether this save has something for the step to do in its transaction.</returns>
    bool TakesPart() => true;

    /// <summary>Runs in the transaction before the entities are written; may change entities, and may lock rows until the commit.</summary>
    /// <returns>Why nothing may be written, or null.</returns>
    Task<Error?> BeforeAsync(CancellationToken cancellationToken) => Task.FromResult<Error?>(null);

    /// <summary>Runs in the transaction after the entities were written.</summary>
    /// <returns>Why all of it has to be undone, or null.</returns>
    Task<Error?> AfterAsync(CancellationToken cancellationToken) => Task.FromResult<Error?>(null);

    /// <summary>Runs after the save, also when it failed or when nobody knows whether it was committed.</summary>
    void Completed() { }
}

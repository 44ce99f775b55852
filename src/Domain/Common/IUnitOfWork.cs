namespace Fitnessify.Domain.Common;

/// <summary>Saves all changes of one use case together or not at all.</summary>
public interface IUnitOfWork
{
    /// <summary>Commits the changes in one transaction.</summary>
    /// <returns>
    /// Success; or the error that a violated unique index stands for, such as <c>username_taken</c>, and then nothing is
    /// written.
    /// </returns>
    Task<Result> SaveChangesAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Makes changes and commits them in one transaction. Where only one writer at a time can use the database, all others wait from
    /// before the change until it is written, so that nothing that it has read is out of date by then.
    /// </summary>
    /// <param name="change">Reads and changes; returns why nothing is to be saved, or null.</param>
    /// <returns>The same as without a change, or what <paramref name="change"/> has returned.</returns>
    Task<Result> SaveChangesAsync(Func<Task<Error?>> change, CancellationToken cancellationToken);
}

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
}

namespace Fitnessify.Domain.Common;

/// <summary>All changes of one use case, written together or not at all.</summary>
public interface IUnitOfWork
{
    /// <summary>Commits in one transaction.</summary>
    /// <returns>The failure that belongs to a violated unique index, such as <c>username_taken</c>; nothing is written then.</returns>
    Task<Result> SaveChangesAsync(CancellationToken cancellationToken);
}

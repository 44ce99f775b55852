using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Changes;

/// <summary>Reads what has changed of a user's tasks and lists, in the order of the user's change counter.</summary>
public interface IChangeFeed
{
    /// <summary>Reads the tasks and lists that changed after a sync token, each once, as it is now.</summary>
    /// <param name="ownerId">The id of the user who owns them.</param>
    /// <param name="since">A sync token; null for everything.</param>
    /// <param name="limit">The largest number of changes.</param>
    /// <returns>The changes; <c>invalid_sync_token</c>; or <c>sync_token_expired</c>.</returns>
    Task<Result<ChangePage>> ReadAsync(Guid ownerId, string? since, int limit, CancellationToken cancellationToken);
}

/// <summary>A part of the changes.</summary>
/// <param name="Items">Tasks and lists in the order of the changes; those with <c>DeletedAt</c> are deletions.</param>
/// <param name="Next">The sync token that continues after this part.</param>
/// <param name="HasMore">Whether there are more changes already.</param>
public sealed record ChangePage(IReadOnlyList<IVersioned> Items, string Next, bool HasMore);

using System.Runtime.CompilerServices;

namespace Fitnessify.Client;

public sealed partial class FitnessifySession
{
    /// <summary>Returns the tasks that meet all given conditions, and reads their pages while they are used. See <c>Api.Tasks.AllAsync</c>.</summary>
    /// <param name="status">Any of these statuses, for instance <c>["todo", "inProgress"]</c>.</param>
    /// <param name="priority">Any of these priorities.</param>
    /// <param name="label">All of these labels.</param>
    /// <param name="list">The id of a list, or <c>inbox</c>.</param>
    /// <param name="sort">The order, for instance <c>dueAt</c>.</param>
    /// <exception cref="FitnessifyException">The server refused; its <c>Code</c> says why.</exception>
    public IAsyncEnumerable<TaskDto> TasksAsync(
        IEnumerable<string>? status = null,
        IEnumerable<string>? priority = null,
        IEnumerable<string>? label = null,
        string? list = null,
        string? sort = null,
        CancellationToken cancellationToken = default
    ) => Api.Tasks.AllAsync(status, priority, label, list, sort: sort, cancellationToken: cancellationToken);

    /// <summary>
    /// Returns the changes since the stored <c>Next</c>, page by page. After SyncTokenExpired or InvalidSyncToken, discard the local
    /// tasks and lists and start again with null.
    /// </summary>
    public async IAsyncEnumerable<ChangesDto> SyncAsync(
        string? since = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        for (ChangesDto? page = null; page?.HasMore is not false; since = page.Next)
        {
            page = await Api.Changes.ListAsync(since, Pages.Limit, cancellationToken).ConfigureAwait(false);
            yield return page;
        }
    }
}

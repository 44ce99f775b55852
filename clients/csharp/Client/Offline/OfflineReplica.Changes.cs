using System.Text.Json;

namespace Fitnessify.Client;

public sealed partial class OfflineReplica
{
    /// <summary>Sends a change that the server has rejected again with the next sync, as it is.</summary>
    /// <param name="sequence">The number of the change.</param>
    /// <exception cref="OfflineException">No such change was rejected.</exception>
    public Task RetryAsync(long sequence, CancellationToken cancellationToken = default) =>
        RetryAsync(sequence, null, ChangeKind.Unknown, OfflineOperation.Delete, cancellationToken);

    /// <summary>Sends the creation of a task that the server has rejected again with the next sync, with another body.</summary>
    /// <inheritdoc cref="RetryAsync(long, TaskPatch, CancellationToken)" path="/param | /exception" />
    public Task RetryAsync(long sequence, TaskInput body, CancellationToken cancellationToken = default) =>
        RetryAsync(sequence, body, ChangeKind.Task, OfflineOperation.Create, cancellationToken);

    /// <summary>Sends the patch of a task that the server has rejected again with the next sync, with another body.</summary>
    /// <param name="sequence">The number of the change.</param>
    /// <param name="body">What to send in place of what was rejected.</param>
    /// <exception cref="OfflineException">No such change was rejected.</exception>
    /// <exception cref="ArgumentException">The change is of another kind.</exception>
    public Task RetryAsync(long sequence, TaskPatch body, CancellationToken cancellationToken = default) =>
        RetryAsync(sequence, body, ChangeKind.Task, OfflineOperation.Patch, cancellationToken);

    /// <summary>Sends the creation of a list that the server has rejected again with the next sync, with another body.</summary>
    /// <inheritdoc cref="RetryAsync(long, TaskPatch, CancellationToken)" path="/param | /exception" />
    public Task RetryAsync(long sequence, ListInput body, CancellationToken cancellationToken = default) =>
        RetryAsync(sequence, body, ChangeKind.List, OfflineOperation.Create, cancellationToken);

    /// <summary>Sends the patch of a list that the server has rejected again with the next sync, with another body.</summary>
    /// <inheritdoc cref="RetryAsync(long, TaskPatch, CancellationToken)" path="/param | /exception" />
    public Task RetryAsync(long sequence, ListPatch body, CancellationToken cancellationToken = default) =>
        RetryAsync(sequence, body, ChangeKind.List, OfflineOperation.Patch, cancellationToken);

    /// <summary>
    /// Drops a change that waits. With a creation, all later changes of the same task or list are dropped as well. What the server has
    /// got already stays there.
    /// </summary>
    /// <param name="sequence">The number of the change.</param>
    /// <exception cref="OfflineException">No such change waits.</exception>
    public Task DiscardAsync(long sequence, CancellationToken cancellationToken = default) =>
        _records.WriteAsync(
            () =>
            {
                var change = _records.Change(sequence) ?? throw NotFound();
                return change.Op != OfflineOperation.Create
                    ? _records.Remove(change, change.Seen)
                    :
                    [
                        .. _records
                            .Changes.Where(other => other.Kind == change.Kind && other.Id == change.Id)
                            .Where(other => other.Sequence >= sequence)
                            .Select(other => new OfflineRecord(other.Key, null)),
                    ];
            },
            cancellationToken
        );

    /// <summary>
    /// Deletes everything on this device: the copies and the changes that wait. The server keeps what it has. A sync that is under way
    /// is canceled.
    /// </summary>
    public Task ClearAsync(CancellationToken cancellationToken = default) =>
        BeginAsync(_records.All, cancellationToken);

    /// <summary>
    /// Gives what is on this device to the account that is signed in at the next sync, for instance after a sign-in that has merged a
    /// guest. A sync that is under way is canceled.
    /// </summary>
    public Task AdoptAsync(CancellationToken cancellationToken = default) =>
        BeginAsync(
            () => [(_records.State.NextEpoch() with { OwnerId = null, SessionId = null }).ToRecord()],
            cancellationToken
        );

    /// <summary>
    /// Sends the changes that wait, oldest first, and then fetches what has changed on the server. There is one sync at a time: a call
    /// during a sync waits for one more, which it shares with other such calls.
    /// </summary>
    /// <remarks>
    /// What the server rejects waits with its <see cref="OfflineChange.Problem"/>, and does not end the sync. Every other failure ends
    /// it, and everything waits for the next one.
    /// </remarks>
    /// <param name="cancellationToken">Ends this call. The sync ends, too, unless other calls wait for it.</param>
    /// <exception cref="OfflineException">Another user than before is signed in. Nothing was sent.</exception>
    /// <exception cref="FitnessifyException">The server refused.</exception>
    /// <exception cref="ConnectionException">The server did not answer.</exception>
    public async Task SyncAsync(CancellationToken cancellationToken = default)
    {
        _records.ThrowIfClosed();
        try
        {
            await _syncs.JoinAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_records.IsClosed && !cancellationToken.IsCancellationRequested)
        {
            throw new OfflineException(OfflineErrorReason.Closed);
        }
    }

    /// <summary>
    /// Closes the store. A sync that is under way is canceled, and what waits is sent once the store is opened again.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        await _records.CloseAsync().ConfigureAwait(false);
        _syncs.Cancel();
    }

    private Task RetryAsync(long sequence, object? body, ChangeKind kind, OfflineOperation op, CancellationToken ct)
    {
        var content = body is null ? (JsonElement?)null : OfflineJson.Write(body);
        return _records.WriteAsync(
            () =>
            {
                var change = _records.Change(sequence);
                if (change is not { IsRejected: true })
                {
                    throw NotFound();
                }

                if (content is not null && (change.Kind, change.Op) != (kind, op))
                {
                    throw new ArgumentException("The body is not one of this kind of change.", nameof(body));
                }

                return [change.WithBody(content ?? change.Content).ToRecord()];
            },
            ct
        );
    }

    // A sync that is under way must not write what it has got for the copies and changes of before.
    private Task BeginAsync(Func<IReadOnlyList<OfflineRecord>> records, CancellationToken ct) =>
        _records.WriteAsync(
            () =>
            {
                _records.BeginGeneration();
                return records();
            },
            ct
        );
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Fitnessify.Infrastructure.Persistence.Sqlite;

/// <summary>
/// Lets the writers of this process write one after the other, as SQLite permits only one anyway, and commits those together
/// that are queued at the same time (group commit), so that they share one wait for the disk. All use one connection, so its
/// page cache stays valid unless another process writes.
/// </summary>
internal sealed class SqliteWriteQueue(SqlitePool pool, TimeSpan timeout) : IAsyncDisposable
{
    // The first writer of a group waits for all others, so the size is limited.
    private const int MaxWriters = 64;

    private readonly ConcurrentQueue<QueuedWrite> _queue = new();
    private PhysicalConnection? _writer;

    // Those that are queued or write. Whoever makes it one runs the group, also the writes of the others, since to wake a thread for each
    // takes longer than most of them.
    private int _unfinished;

    private volatile bool _isClosed;

    /// <summary>Writes when all earlier writers are done. The changes are on the disk when this returns.</summary>
    /// <param name="connection">The connection that the work writes with; outside of the work it reads committed data.</param>
    /// <param name="write">The work, which uses a transaction for changes that it may roll back.</param>
    /// <exception cref="TimeoutException">
    /// The wait was too long. The limit keeps the queue short while the file is locked or slow.
    /// </exception>
    public async Task<T> WriteAsync<T>(
        PooledConnection connection,
        Func<Task<T>> write,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        var queued = new QueuedWrite<T>(connection, write);
        _queue.Enqueue(queued);
        if (Interlocked.Increment(ref _unfinished) == 1)
        {
            await RunGroupAsync();
        }

        try
        {
            return await queued.Completion.WaitAsync(timeout, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            if (queued.TryTake())
            {
                throw;
            }
        }

        return await queued.Completion;
    }

    /// <summary>
    /// Closes the connection when nothing is queued any more, or leaves it to the end of the process if that takes too long.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        _isClosed = true;
        var started = Stopwatch.GetTimestamp();
        // A plain read could come before the flag is seen by a writer that begins now.
        while (Interlocked.CompareExchange(ref _unfinished, 0, 0) > 0)
        {
            if (Stopwatch.GetElapsedTime(started) > timeout)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }

        _writer?.Dispose();
    }

    private async Task RunGroupAsync()
    {
        var taken = 0;
        List<QueuedWrite> written = [];
        CommitGroup? group = null;
        while (written.Count < MaxWriters && group?.IsBroken != true && _queue.TryDequeue(out var next))
        {
            taken++;
            if (!next.TryTake())
            {
                continue;
            }

            group ??= Begin(next);
            if (group is null)
            {
                // The file may be locked for long, and the next one would wait as long. If this thread belongs to the writer that has just
                // failed, that is answered first.
                break;
            }

            await next.WriteAsync(group);
            written.Add(next);
        }

        Exception? failure = null;
        if (group is not null)
        {
            written[^1].InContext(() => failure = group.Commit());
        }

        CloseFailedWriter();
        foreach (var write in written)
        {
            write.Complete(failure);
        }

        if (Interlocked.Add(ref _unfinished, -taken) > 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static queue => _ = queue.RunGroupAsync(), this, preferLocal: true);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "The writer receives the exception.")]
    private CommitGroup? Begin(QueuedWrite first)
    {
        try
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            _writer ??= pool.Take();
            // The lock for writing is taken at once. A transaction that reads first fails when it writes, if the file has changed
            // since.
            first.InContext(() => _writer.Execute("BEGIN IMMEDIATE"));
            return new CommitGroup(_writer);
        }
        catch (Exception exception)
        {
            first.Complete(exception);
            return null;
        }
    }

    // Closing the connection rolls back all uncommitted changes.
    private void CloseFailedWriter()
    {
        if (_writer?.Failure is not null)
        {
            _writer.Dispose();
            _writer = null;
        }
    }
}

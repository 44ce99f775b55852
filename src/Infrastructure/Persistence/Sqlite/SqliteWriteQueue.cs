using System.Runtime.ExceptionServices;

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

    private readonly SemaphoreSlim _turn = new(1, 1);
    private PhysicalConnection? _writer;
    private CommitGroup? _open;
    private int _waiting;

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
        Interlocked.Increment(ref _waiting);
        var turn = _turn.WaitAsync(CancellationToken.None);
        try
        {
            await turn.WaitAsync(timeout, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            _ = SkipTurnAsync(turn);
            throw;
        }

        Interlocked.Decrement(ref _waiting);
        var result = default(T)!;
        ExceptionDispatchInfo? failure = null;
        CommitGroup? group = null;
        var hasBrokenGroup = false;
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            group = _open ??= Begin();
            group.Size++;
            connection.Group = group;
            result = await write();
        }
        catch (Exception exception) when (group is not null)
        {
            failure = ExceptionDispatchInfo.Capture(exception);
            hasBrokenGroup = group.IsBroken;
        }
        finally
        {
            connection.Group = null;
            EndTurn();
        }

        if (hasBrokenGroup)
        {
            failure!.Throw();
        }

        // Changes of another writer in the group may have caused the failure. They can be read only after the commit, and if that fails,
        // they were never there.
        await group.Committed;
        failure?.Throw();
        return result;
    }

    /// <summary>Closes the connection after the current write, or leaves it to the end of the process if that takes too long.</summary>
    public async ValueTask DisposeAsync()
    {
        if (await _turn.WaitAsync(timeout))
        {
            _writer?.Dispose();
            _turn.Dispose();
        }
    }

    private CommitGroup Begin()
    {
        _writer ??= pool.Take();
        // The lock for writing is taken at once. A transaction that reads first fails when it writes, if the file has changed
        // since.
        _writer.Execute("BEGIN IMMEDIATE");
        return new CommitGroup(_writer);
    }

    // The writer before may have left the commit of the group to this one, which has been canceled since.
    private async Task SkipTurnAsync(Task turn)
    {
        await turn;
        Interlocked.Decrement(ref _waiting);
        EndTurn();
    }

    private void EndTurn()
    {
        if (_open is { } open && (Volatile.Read(ref _waiting) == 0 || open.Size >= MaxWriters || open.IsBroken))
        {
            _open = null;
            open.Commit();
        }

        CloseFailedWriter();
        _turn.Release();
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

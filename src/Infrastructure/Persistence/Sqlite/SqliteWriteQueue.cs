using System.Runtime.ExceptionServices;

namespace Fitnessify.Infrastructure.Persistence.Sqlite;

/// <summary>
/// Lets one writer of this process at a time into the file, which takes no more anyway, and commits those together that
/// have queued up meanwhile: a commit waits for the disk, and all of them can wait for the same. All write on one
/// connection, whose pages are therefore never stale unless another process has written.
/// </summary>
internal sealed class SqliteWriteQueue(SqlitePool pool, TimeSpan timeout) : IDisposable
{
    // The first of a group waits for the work of the last.
    private const int MaxWriters = 64;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private PhysicalConnection? _writer;
    private CommitGroup? _open;
    private int _waiting;

    /// <summary>Writes when it is the caller's turn. What was written is on the disk when this returns.</summary>
    /// <param name="connection">What the work writes by; outside of the work it reads what is committed.</param>
    /// <param name="write">The work. What it wants to undo, it does in a transaction.</param>
    /// <exception cref="TimeoutException">Its turn has not come: while the file is locked or slow, no queue without end builds up.</exception>
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
            _ = PassOnAsync(turn);
            throw;
        }

        Interlocked.Decrement(ref _waiting);
        var result = default(T)!;
        ExceptionDispatchInfo? failure = null;
        CommitGroup? group = null;
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
        }
        finally
        {
            connection.Group = null;
            EndTurn();
        }

        if (failure is not null)
        {
            // Others of the group may be why it failed: the caller can look at what they wrote only when it is committed.
            await group.Committed.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            failure.Throw();
        }

        await group.Committed;
        return result;
    }

    public void Dispose()
    {
        _writer?.Dispose();
        _turn.Dispose();
    }

    private CommitGroup Begin()
    {
        _writer ??= pool.Take();
        // At once for writing: who begins by reading finds the file changed when it comes to writing.
        _writer.Execute("BEGIN IMMEDIATE");
        return new CommitGroup(_writer);
    }

    // Whoever was before may have left the commit to one that has given up since.
    private async Task PassOnAsync(Task turn)
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

        CloseBroken();
        _turn.Release();
    }

    // Closed, it undoes what is not committed.
    private void CloseBroken()
    {
        if (_writer?.Failure is not null)
        {
            _writer.Dispose();
            _writer = null;
        }
    }
}

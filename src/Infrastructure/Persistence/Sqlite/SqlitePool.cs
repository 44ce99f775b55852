using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Fitnessify.Infrastructure.Persistence.Sqlite;

/// <summary>
/// Open connections to the SQLite file, each with the statements that it has prepared. The client library's own pool keeps
/// connections too, but sets them up anew each time and forgets their statements: to prepare one takes longer than to
/// find a row with it.
/// </summary>
internal sealed class SqlitePool(
    string connectionString,
    SqliteSynchronous synchronous,
    IDatabaseObserver? observer = null
) : DbConnectionInterceptor, IDisposable
{
    // More are closed when they come back; that many at a time is an exception.
    private const int MaxIdle = 32;

    // Whoever has waited that long for the writes of others is told to come back.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    // What SQLite does not keep in the file. Its own wait is finer than the client library's, which sleeps 150 ms
    // between attempts.
    private readonly string _pragmas =
        $"PRAGMA busy_timeout = 10000; PRAGMA synchronous = {synchronous}; PRAGMA foreign_keys = ON; PRAGMA secure_delete = FAST;";

    private readonly SqliteConnectionStringBuilder _unpooled = new(connectionString) { Pooling = false };

    // The last one back is the next one out: its pages are the warmest.
    private readonly ConcurrentStack<PhysicalConnection> _idle = new();
    private SqliteWriteQueue? _writers;
    private volatile bool _isDisposed;

    /// <summary>As configured.</summary>
    public string ConnectionString => connectionString;

    /// <summary>Its path.</summary>
    public string File => _unpooled.DataSource;

    /// <summary>All writing goes through here.</summary>
    public SqliteWriteQueue Writers =>
        LazyInitializer.EnsureInitialized(ref _writers, () => new SqliteWriteQueue(this, Timeout));

    /// <summary>How long a command waits for a lock.</summary>
    public int TimeoutSeconds => _unpooled.DefaultTimeout;

    /// <summary>Gives EF Core a connection that borrows from here, unless it wants one of another kind, to look whether there is a file for instance.</summary>
    public override InterceptionResult<DbConnection> ConnectionCreating(
        ConnectionCreatingEventData eventData,
        InterceptionResult<DbConnection> result
    ) =>
        eventData.ConnectionString == connectionString
            ? InterceptionResult<DbConnection>.SuppressWithResult(new PooledConnection(this))
            : result;

    /// <summary>An open connection, for one borrower.</summary>
    /// <exception cref="SqliteException">The file cannot be opened.</exception>
    public PhysicalConnection Take()
    {
        if (_idle.TryPop(out var kept))
        {
            return kept;
        }

        var connection = new SqliteConnection(_unpooled.ToString());
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = _pragmas;
            command.ExecuteNonQuery();
            return new PhysicalConnection(connection, observer);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The borrower is done with it.</summary>
    public void Return(PhysicalConnection connection)
    {
        if (connection.Failure is not null || _isDisposed || _idle.Count >= MaxIdle)
        {
            connection.Dispose();
            return;
        }

        _idle.Push(connection);
        if (_isDisposed)
        {
            CloseIdle();
        }
    }

    public void Dispose()
    {
        _isDisposed = true;
        _writers?.Dispose();
        CloseIdle();
    }

    private void CloseIdle()
    {
        while (_idle.TryPop(out var connection))
        {
            connection.Dispose();
        }
    }
}

using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace Fitnessify.Infrastructure.Persistence.Sqlite;

/// <summary>
/// Keeps open connections to the SQLite file together with their prepared statements. The pool of Microsoft.Data.Sqlite keeps
/// connections too, but forgets their statements, and preparing one takes longer than finding a row with it.
/// </summary>
internal sealed class SqlitePool(
    string connectionString,
    SqliteSynchronous synchronous,
    IDatabaseObserver? observer = null
) : DbConnectionInterceptor, IAsyncDisposable
{
    // This is SQLITE_DBCONFIG_ENABLE_QPSG.
    private const int EnableQueryPlannerStability = 1007;

    // Connections beyond this number are closed when they are returned; so many at a time are an exception.
    private const int MaxIdle = 32;

    // Pages of 4 KiB in the log of SQLite, after which a commit copies them into the file. All changes of a page since then are copied at
    // once, and a created task changes some of the same pages as the one before it.
    private const int CheckpointPages = 4000;

    // SQLite does not store these settings in the file. Only the last one returns a row: what comes after a row may fail unnoticed.
    private readonly string _pragmas =
        $"PRAGMA synchronous = {synchronous}; PRAGMA foreign_keys = ON; PRAGMA secure_delete = FAST;";

    private readonly SqliteConnectionStringBuilder _unpooled = new(connectionString) { Pooling = false };

    // The connection that was returned last is used first, because its page cache is the most current.
    private readonly ConcurrentStack<PhysicalConnection> _idle = new();
    private SqliteWriteQueue? _writers;
    private volatile bool _isDisposed;

    static SqlitePool() => SqliteLibrary.Configure();

    /// <summary>The configured connection string.</summary>
    public string ConnectionString => connectionString;

    /// <summary>The path of the file.</summary>
    public string File => _unpooled.DataSource;

    /// <summary>The time after which a writer in the queue fails, so that the client can try again.</summary>
    public TimeSpan WriteTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The time that SQLite waits for a lock of another process. It polls at shorter intervals than Microsoft.Data.Sqlite, which sleeps
    /// 150 ms between attempts.
    /// </summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The queue that all writes go through.</summary>
    public SqliteWriteQueue Writers =>
        LazyInitializer.EnsureInitialized(ref _writers, () => new SqliteWriteQueue(this, WriteTimeout));

    /// <summary>The seconds that a command waits for a lock.</summary>
    public int TimeoutSeconds => _unpooled.DefaultTimeout;

    /// <summary>
    /// Gives EF Core a pooled connection, unless its connection string is another one, as when it checks whether the file
    /// exists.
    /// </summary>
    public override InterceptionResult<DbConnection> ConnectionCreating(
        ConnectionCreatingEventData eventData,
        InterceptionResult<DbConnection> result
    ) =>
        eventData.ConnectionString == connectionString
            ? InterceptionResult<DbConnection>.SuppressWithResult(new PooledConnection(this))
            : result;

    /// <summary>Returns an open connection for exclusive use.</summary>
    /// <exception cref="SqliteException">The file cannot be opened.</exception>
    public PhysicalConnection Take()
    {
        if (_idle.TryPop(out var idle))
        {
            return idle;
        }

        var connection = new SqliteConnection(_unpooled.ToString());
        try
        {
            connection.Open();
            raw.sqlite3_busy_timeout(connection.Handle!, (int)BusyTimeout.TotalMilliseconds);
            raw.sqlite3_wal_autocheckpoint(connection.Handle!, CheckpointPages);
            KeepPlans(connection);
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

    /// <summary>Returns a connection to the pool.</summary>
    public void Return(PhysicalConnection connection)
    {
        // A command that is still in use must not be so beside those of the next borrower.
        if (connection.Failure is not null || connection.HasTaken || _isDisposed || _idle.Count >= MaxIdle)
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

    public async ValueTask DisposeAsync()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            if (_writers is { } writers)
            {
                await writers.DisposeAsync();
            }
        }

        CloseIdle();
    }

    // Otherwise SQLite prepares a statement with a parameter in its limit again for each execution.
    private static void KeepPlans(SqliteConnection connection) =>
        raw.sqlite3_db_config(connection.Handle!, EnableQueryPlannerStability, 1, out _);

    private void CloseIdle()
    {
        while (_idle.TryPop(out var connection))
        {
            connection.Dispose();
        }
    }
}

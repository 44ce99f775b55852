using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Fitnessify.Infrastructure.Persistence.Sqlite;

/// <summary>The connection that EF Core uses. While it is open, it borrows one from the pool, or uses the one of a commit group.</summary>
internal sealed class PooledConnection(SqlitePool pool) : DbConnection
{
    private PhysicalConnection? _own;
    private bool _isOpen;

    [AllowNull]
    public override string ConnectionString
    {
        get => pool.ConnectionString;
        set => throw new NotSupportedException("The pool knows the file.");
    }

    public override string Database => "main";

    public override string DataSource => pool.File;

    public override string ServerVersion => Kept.Connection.ServerVersion;

    public override ConnectionState State => _isOpen ? ConnectionState.Open : ConnectionState.Closed;

    /// <summary>The group that it writes with at the moment, or null.</summary>
    public CommitGroup? Group { get; set; }

    /// <summary>The borrowed connection.</summary>
    public PhysicalConnection Kept =>
        !_isOpen ? throw new InvalidOperationException("The connection is closed.")
        : Group is { } group ? group.Writer
        : _own ??= pool.Take();

    /// <summary>Returns whether the connection is still borrowed.</summary>
    public bool Holds(PhysicalConnection kept) => ReferenceEquals(kept, Group?.Writer) || ReferenceEquals(kept, _own);

    /// <summary>Writes when the queue lets it; see <see cref="SqliteWriteQueue"/>.</summary>
    public Task<T> WriteAsync<T>(Func<Task<T>> write, CancellationToken cancellationToken) =>
        pool.Writers.WriteAsync(this, write, cancellationToken);

    public override void Open() => _isOpen = true;

    public override Task OpenAsync(CancellationToken cancellationToken)
    {
        // SQLite has no asynchronous calls.
        cancellationToken.ThrowIfCancellationRequested();
        Open();
        return Task.CompletedTask;
    }

    public override void Close()
    {
        Transaction?.Dispose();
        _isOpen = false;
        if (_own is not null)
        {
            pool.Return(_own);
            _own = null;
        }
    }

    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException("There is one.");

    /// <summary>The active transaction, or null.</summary>
    internal PooledTransaction? Transaction { get; set; }

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) =>
        Transaction is null
            ? Transaction = new PooledTransaction(this)
            : throw new InvalidOperationException("There is a transaction already.");

    protected override DbCommand CreateDbCommand() =>
        new PooledCommand { Connection = this, CommandTimeout = pool.TimeoutSeconds };

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Close();
        }

        base.Dispose(disposing);
    }
}

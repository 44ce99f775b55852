using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Fitnessify.Infrastructure.Persistence.Sqlite;

/// <summary>What EF Core takes for a connection: while it is open, it has borrowed one from the pool.</summary>
internal sealed class PooledConnection(SqlitePool pool) : DbConnection
{
    private KeptConnection? _kept;

    [AllowNull]
    public override string ConnectionString
    {
        get => pool.ConnectionString;
        set => throw new NotSupportedException("The pool knows the file.");
    }

    public override string Database => "main";

    public override string DataSource => pool.File;

    public override string ServerVersion => Kept.Connection.ServerVersion;

    public override ConnectionState State => _kept is null ? ConnectionState.Closed : ConnectionState.Open;

    /// <summary>What was borrowed.</summary>
    public KeptConnection Kept => _kept ?? throw new InvalidOperationException("The connection is closed.");

    /// <summary>The transaction that the commands are part of.</summary>
    public PooledTransaction? Transaction { get; set; }

    public override void Open() => _kept ??= pool.Take();

    public override Task OpenAsync(CancellationToken cancellationToken)
    {
        // SQLite has no asynchronous calls.
        cancellationToken.ThrowIfCancellationRequested();
        Open();
        return Task.CompletedTask;
    }

    public override void Close()
    {
        if (_kept is null)
        {
            return;
        }

        Transaction?.Dispose();
        pool.Return(_kept);
        _kept = null;
    }

    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException("There is one.");

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) =>
        Transaction = new PooledTransaction(this, Kept.Connection.BeginTransaction(isolationLevel));

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

/// <summary>A transaction on a borrowed connection.</summary>
internal sealed class PooledTransaction(PooledConnection connection, SqliteTransaction transaction) : DbTransaction
{
    public SqliteTransaction Inner => transaction;

    public override IsolationLevel IsolationLevel => transaction.IsolationLevel;

    public override bool SupportsSavepoints => true;

    protected override DbConnection DbConnection => connection;

    // What comes after the end is not part of it, even before it is disposed.
    public override void Commit()
    {
        transaction.Commit();
        connection.Transaction = null;
    }

    public override void Rollback()
    {
        transaction.Rollback();
        connection.Transaction = null;
    }

    public override void Save(string savepointName) => transaction.Save(savepointName);

    public override void Rollback(string savepointName) => transaction.Rollback(savepointName);

    public override void Release(string savepointName) => transaction.Release(savepointName);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            transaction.Dispose();
            connection.Transaction = null;
        }

        base.Dispose(disposing);
    }
}

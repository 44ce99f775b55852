using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Fitnessify.Infrastructure.Persistence.Sqlite;

/// <summary>What EF Core takes for a command: it makes a new one each time, and the borrowed connection has it prepared.</summary>
internal sealed class PooledCommand : DbCommand
{
    // Holds the parameters until it is known which statement they are for.
    private readonly SqliteCommand _parameters = new();
    private PooledConnection? _connection;
    private PhysicalConnection? _lender;
    private SqliteCommand? _running;

    [AllowNull]
    public override string CommandText { get; set; } = "";

    /// <summary>Seconds that SQLite waits for a lock.</summary>
    public override int CommandTimeout { get; set; }

    public override CommandType CommandType
    {
        get => CommandType.Text;
        set { }
    }

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource { get; set; }

    protected override DbConnection? DbConnection
    {
        get => _connection;
        set => _connection = (PooledConnection?)value;
    }

    protected override DbParameterCollection DbParameterCollection => _parameters.Parameters;

    protected override DbTransaction? DbTransaction { get; set; }

    /// <summary>SQLite cannot be interrupted from here.</summary>
    public override void Cancel() { }

    /// <summary>The connection does so by itself.</summary>
    public override void Prepare() { }

    public override int ExecuteNonQuery() => Execute(command => command.ExecuteNonQuery());

    public override object? ExecuteScalar() => Execute(command => command.ExecuteScalar());

    public override Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(ExecuteNonQuery());
    }

    public override Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(ExecuteScalar());
    }

    protected override DbParameter CreateDbParameter() => new SqliteParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) =>
        Execute(command => command.ExecuteReader(behavior));

    protected override Task<DbDataReader> ExecuteDbDataReaderAsync(
        CommandBehavior behavior,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(ExecuteDbDataReader(behavior));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Release();
            _parameters.Dispose();
        }

        base.Dispose(disposing);
    }

    private T Execute<T>(Func<SqliteCommand, T> execute)
    {
        Release();
        _lender = _connection!.Kept;
        _running = _lender.Take(CommandText);
        _running.CommandTimeout = CommandTimeout;
        foreach (SqliteParameter parameter in _parameters.Parameters)
        {
            _running.Parameters.Add(parameter);
        }

        try
        {
            return execute(_running);
        }
        catch (SqliteException exception)
        {
            _lender.Note(exception);
            // What has failed once is not kept as prepared.
            _running.Dispose();
            _running = null;
            throw;
        }
    }

    // Its reader is closed by now: EF Core does that first.
    private void Release()
    {
        if (_running is not null && _connection!.Holds(_lender!))
        {
            _lender!.Return(_running);
        }

        _running = null;
    }
}

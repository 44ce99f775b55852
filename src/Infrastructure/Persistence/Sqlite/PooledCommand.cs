using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Fitnessify.Infrastructure.Persistence.Sqlite;

/// <summary>
/// The command that EF Core uses. EF Core creates a new one each time, but the borrowed connection has the statement prepared.
/// </summary>
internal sealed class PooledCommand : DbCommand
{
    // This command holds the parameters until the statement that needs them is known.
    private readonly SqliteCommand _parameters = new();
    private PooledConnection? _connection;
    private PhysicalConnection? _physical;
    private SqliteCommand? _statement;
    private PooledReader? _reader;

    [AllowNull]
    public override string CommandText { get; set; } = "";

    /// <summary>The seconds that SQLite waits for a lock.</summary>
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

    // Microsoft.Data.Sqlite offers no way to interrupt a statement.
    public override void Cancel() { }

    // The physical connection prepares its statements itself.
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
        Execute(command => _reader = new PooledReader(command.ExecuteReader(behavior), _physical!));

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
        _physical = _connection!.Kept;
        _statement = _physical.Take(CommandText);
        _statement.CommandTimeout = CommandTimeout;
        foreach (SqliteParameter parameter in _parameters.Parameters)
        {
            _statement.Parameters.Add(parameter);
        }

        try
        {
            return execute(_statement);
        }
        catch (Exception exception)
        {
            if (exception is SqliteException failure)
            {
                _physical.Note(failure);
            }

            // A statement that has failed is not reused.
            _physical.Discard(_statement);
            _statement = null;
            throw;
        }
    }

    private void Release()
    {
        // EF Core has closed it, unless an exception came in between. An open one would keep its snapshot of the database.
        _reader?.Close();
        _reader = null;
        if (_statement is not null && _connection!.Holds(_physical!))
        {
            _physical!.Return(_statement);
        }

        _statement = null;
    }
}

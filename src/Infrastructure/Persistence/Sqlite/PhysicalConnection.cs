using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fitnessify.Infrastructure.Persistence.Sqlite;

/// <summary>An open connection with its prepared statements. Only one borrower uses it at a time.</summary>
internal sealed class PhysicalConnection(SqliteConnection connection, IDatabaseObserver? observer) : IDisposable
{
    // The server has some dozens of statements. A filter with many values creates more, and those are rarely used again.
    private const int MaxStatements = 200;

    private const int ConstraintViolation = 19;
    private const int Busy = 5;

    private readonly Dictionary<string, SqliteCommand> _prepared = [];
    private int _taken;

    public SqliteConnection Connection => connection;

    /// <summary>The failure after which the state of the connection is unknown; null while there is none.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Whether a command that was taken has neither been returned nor discarded.</summary>
    public bool HasTaken => _taken > 0;

    /// <summary>Whether a transaction is open.</summary>
    public bool HasTransaction => raw.sqlite3_get_autocommit(connection.Handle!) == 0;

    /// <summary>Returns a command for exclusive use, which is already prepared if it was used before.</summary>
    public SqliteCommand Take(string text)
    {
        _taken++;
        if (_prepared.Remove(text, out var command))
        {
            return command;
        }

        command = connection.CreateCommand();
        command.CommandText = text;
        return command;
    }

    /// <summary>Keeps the command for its next use.</summary>
    public void Return(SqliteCommand command)
    {
        _taken--;
        command.Parameters.Clear();
        if (_prepared.Count >= MaxStatements)
        {
            DisposeStatements();
        }

        if (!_prepared.TryAdd(command.CommandText, command))
        {
            command.Dispose();
        }
    }

    /// <summary>Disposes a command that has failed instead of keeping it.</summary>
    public void Discard(SqliteCommand command)
    {
        _taken--;
        command.Dispose();
    }

    public void Execute(string text)
    {
        var command = Take(text);
        var started = Stopwatch.GetTimestamp();
        SqliteException? failure = null;
        try
        {
            command.ExecuteNonQuery();
        }
        catch (SqliteException exception)
        {
            failure = exception;
            Note(exception);
            Discard(command);
            throw;
        }
        finally
        {
            observer?.RecordTransaction(text, Stopwatch.GetElapsedTime(started), failure);
        }

        Return(command);
    }

    /// <summary>Records a failure, unless it leaves the connection usable.</summary>
    public void Note(SqliteException failure)
    {
        if (failure.SqliteErrorCode is not (ConstraintViolation or Busy))
        {
            Failure ??= failure;
        }
    }

    public void Dispose()
    {
        DisposeStatements();
        connection.Dispose();
    }

    private void DisposeStatements()
    {
        foreach (var command in _prepared.Values)
        {
            command.Dispose();
        }

        _prepared.Clear();
    }
}

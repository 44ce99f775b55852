using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Fitnessify.Infrastructure.Persistence.Sqlite;

/// <summary>An open connection with the statements that it has prepared. One borrower at a time uses it.</summary>
internal sealed class PhysicalConnection(SqliteConnection connection, IDatabaseObserver? observer) : IDisposable
{
    // There are some dozens; a filter with many values makes more, and those do not come back.
    private const int MaxStatements = 200;

    private const int ConstraintViolation = 19;
    private const int Busy = 5;

    private readonly Dictionary<string, SqliteCommand> _prepared = [];

    public SqliteConnection Connection => connection;

    /// <summary>How it has failed, when nobody knows after that what it is worth.</summary>
    public Exception? Failure { get; set; }

    /// <summary>A command that nobody else uses; prepared already, if it was used before.</summary>
    public SqliteCommand Take(string text)
    {
        if (_prepared.Remove(text, out var command))
        {
            return command;
        }

        command = connection.CreateCommand();
        command.CommandText = text;
        return command;
    }

    /// <summary>The command has done its work.</summary>
    public void Return(SqliteCommand command)
    {
        command.Parameters.Clear();
        if (_prepared.Count >= MaxStatements)
        {
            Forget();
        }

        if (!_prepared.TryAdd(command.CommandText, command))
        {
            command.Dispose();
        }
    }

    /// <summary>Runs a command without parameters.</summary>
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
            command.Dispose();
            throw;
        }
        finally
        {
            observer?.RecordTransaction(text, Stopwatch.GetElapsedTime(started), failure);
        }

        Return(command);
    }

    /// <summary>Notes how a command failed.</summary>
    public void Note(SqliteException failure)
    {
        if (failure.SqliteErrorCode is not (ConstraintViolation or Busy))
        {
            Failure ??= failure;
        }
    }

    public void Dispose()
    {
        Forget();
        connection.Dispose();
    }

    private void Forget()
    {
        foreach (var command in _prepared.Values)
        {
            command.Dispose();
        }

        _prepared.Clear();
    }
}

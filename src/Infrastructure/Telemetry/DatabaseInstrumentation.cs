using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Fitnessify.Domain.Common;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Persistence.Sqlite;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Fitnessify.Infrastructure.Telemetry;

/// <summary>
/// Measures each database command and each commit, and adds a span where a request is traced. EF Core reports them, except for
/// the transactions of SQLite, which several units of work share and which the connection reports.
/// </summary>
internal sealed class DatabaseInstrumentation(ServerMetrics metrics, TimeProvider clock)
    : DbCommandInterceptor,
        IDbTransactionInterceptor,
        IDatabaseObserver
{
    /// <summary>The name of the activity source.</summary>
    public const string SourceName = "Fitnessify.Database";

    private const string Begin = "BEGIN";
    private const string Commit = "COMMIT";
    private const string Open = "OPEN";
    private const string Other = "OTHER";
    private const string Sqlite = "sqlite";
    private const string SqlServer = "microsoft.sql_server";

    private static readonly ActivitySource Source = new(SourceName);
    private static readonly string[] Operations = ["SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "WITH"];

    public override DbDataReader ReaderExecuted(
        DbCommand command,
        CommandExecutedEventData eventData,
        DbDataReader result
    )
    {
        Record(command, eventData, eventData.Duration);
        return result;
    }

    public override ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command,
        CommandExecutedEventData eventData,
        DbDataReader result,
        CancellationToken cancellationToken = default
    )
    {
        Record(command, eventData, eventData.Duration);
        return ValueTask.FromResult(result);
    }

    public override object? ScalarExecuted(DbCommand command, CommandExecutedEventData eventData, object? result)
    {
        Record(command, eventData, eventData.Duration);
        return result;
    }

    public override ValueTask<object?> ScalarExecutedAsync(
        DbCommand command,
        CommandExecutedEventData eventData,
        object? result,
        CancellationToken cancellationToken = default
    )
    {
        Record(command, eventData, eventData.Duration);
        return ValueTask.FromResult(result);
    }

    public override int NonQueryExecuted(DbCommand command, CommandExecutedEventData eventData, int result)
    {
        Record(command, eventData, eventData.Duration);
        return result;
    }

    public override ValueTask<int> NonQueryExecutedAsync(
        DbCommand command,
        CommandExecutedEventData eventData,
        int result,
        CancellationToken cancellationToken = default
    )
    {
        Record(command, eventData, eventData.Duration);
        return ValueTask.FromResult(result);
    }

    public override void CommandFailed(DbCommand command, CommandErrorEventData eventData) =>
        RecordFailure(command, eventData);

    public override Task CommandFailedAsync(
        DbCommand command,
        CommandErrorEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        RecordFailure(command, eventData);
        return Task.CompletedTask;
    }

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) =>
        RecordCommit(transaction, eventData, eventData.Duration);

    public Task TransactionCommittedAsync(
        DbTransaction transaction,
        TransactionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        RecordCommit(transaction, eventData, eventData.Duration);
        return Task.CompletedTask;
    }

    public void TransactionFailed(DbTransaction transaction, TransactionErrorEventData eventData) =>
        RecordFailure(transaction, eventData);

    public Task TransactionFailedAsync(
        DbTransaction transaction,
        TransactionErrorEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        RecordFailure(transaction, eventData);
        return Task.CompletedTask;
    }

    public void RecordFailedOpen(TimeSpan duration, Exception failure) =>
        Record(Open, SqlServer, clock.Now() - duration, duration, failure);

    public void RecordTransaction(string text, TimeSpan duration, Exception? failure)
    {
        var operation =
            text.StartsWith(Begin, StringComparison.Ordinal) ? Begin
            : text == Commit ? Commit
            : null;
        if (operation is not null)
        {
            Record(operation, Sqlite, clock.Now() - duration, duration, failure);
        }
    }

    /// <summary>Returns the operation of a statement, one of few words. EF Core precedes some statements with settings.</summary>
    internal static string OperationOf(string text)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            foreach (var operation in Operations)
            {
                if (line.StartsWith(operation, StringComparison.OrdinalIgnoreCase))
                {
                    return operation;
                }
            }
        }

        return Other;
    }

    private void Record(DbCommand command, CommandEventData data, TimeSpan duration, Exception? failure = null) =>
        Record(OperationOf(command.CommandText), SystemOf(data), data.StartTime, duration, failure);

    // A violated unique index is an expected outcome, not a failure.
    private void RecordFailure(DbCommand command, CommandErrorEventData data) =>
        Record(
            command,
            data,
            data.Duration,
            data.Exception is DbException exception
            && data.Context is AppDbContext context
            && context.IsUniqueViolation(exception)
                ? null
                : data.Exception
        );

    private void RecordFailure(DbTransaction transaction, TransactionErrorEventData data)
    {
        if (string.Equals(data.Action, Commit, StringComparison.OrdinalIgnoreCase))
        {
            RecordCommit(transaction, data, data.Duration, data.Exception);
        }
    }

    private void RecordCommit(
        DbTransaction transaction,
        TransactionEventData data,
        TimeSpan duration,
        Exception? failure = null
    )
    {
        if (transaction is not PooledTransaction)
        {
            Record(Commit, SystemOf(data), data.StartTime, duration, failure);
        }
    }

    private static string SystemOf(DbContextEventData data) => data.Context is SqliteDbContext ? Sqlite : SqlServer;

    // The semantic conventions of OpenTelemetry require the status code of the database, or else the type of the exception.
    private static string ErrorTypeOf(Exception failure) =>
        failure switch
        {
            SqliteException sqlite => sqlite.SqliteErrorCode.ToString(CultureInfo.InvariantCulture),
            SqlException sqlServer => sqlServer.Number.ToString(CultureInfo.InvariantCulture),
            _ => failure.GetType().FullName!,
        };

    private void Record(string operation, string system, DateTimeOffset start, TimeSpan duration, Exception? failure)
    {
        var errorType = failure is null ? null : ErrorTypeOf(failure);
        metrics.RecordDatabase(system, operation, duration, errorType);
        // Jobs have no parent span, and a trace for each of their statements would be noise.
        if (Activity.Current is null)
        {
            return;
        }

        using var span = Source.StartActivity(operation, ActivityKind.Client, parentContext: default, startTime: start);
        if (span is null)
        {
            return;
        }

        span.SetTag(ServerMetrics.DatabaseSystem, system);
        span.SetTag(ServerMetrics.DatabaseOperation, operation);
        if (errorType is not null)
        {
            span.SetTag(ServerMetrics.ErrorType, errorType);
            span.SetStatus(ActivityStatusCode.Error);
        }

        span.SetEndTime((start + duration).UtcDateTime);
    }
}

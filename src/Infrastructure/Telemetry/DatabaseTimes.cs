using System.Data.Common;
using System.Diagnostics;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Fitnessify.Infrastructure.Telemetry;

/// <summary>Measures each database command and each commit, and makes a span of it where a request is traced.</summary>
internal sealed class DatabaseTimes(ServerMetrics metrics) : DbCommandInterceptor, IDbTransactionInterceptor
{
    /// <summary>The name of the source of the spans.</summary>
    public const string SourceName = "Fitnessify.Database";

    private const string Commit = "COMMIT";
    private const string Other = "OTHER";

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
        Record(command, eventData, eventData.Duration, isDone: false);

    public override Task CommandFailedAsync(
        DbCommand command,
        CommandErrorEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        Record(command, eventData, eventData.Duration, isDone: false);
        return Task.CompletedTask;
    }

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) =>
        Record(Commit, eventData, eventData.StartTime, eventData.Duration, isDone: true);

    public Task TransactionCommittedAsync(
        DbTransaction transaction,
        TransactionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        Record(Commit, eventData, eventData.StartTime, eventData.Duration, isDone: true);
        return Task.CompletedTask;
    }

    /// <summary>What the statement does, one of few words. EF Core puts settings before some.</summary>
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

    private void Record(DbCommand command, CommandEventData data, TimeSpan duration, bool isDone = true) =>
        Record(OperationOf(command.CommandText), data, data.StartTime, duration, isDone);

    private void Record(string operation, DbContextEventData data, DateTimeOffset start, TimeSpan duration, bool isDone)
    {
        metrics.RecordDatabase(operation, duration, isDone);
        // Jobs have no span to hang it below; a trace of its own for each statement would be noise.
        if (Activity.Current is null)
        {
            return;
        }

        using var span = Source.StartActivity(operation, ActivityKind.Client, parentContext: default, startTime: start);
        if (span is null)
        {
            return;
        }

        span.SetTag("db.system.name", data.Context is SqliteDbContext ? "sqlite" : "microsoft.sql_server");
        span.SetTag("db.operation.name", operation);
        span.SetStatus(isDone ? ActivityStatusCode.Unset : ActivityStatusCode.Error);
        span.SetEndTime((start + duration).UtcDateTime);
    }
}

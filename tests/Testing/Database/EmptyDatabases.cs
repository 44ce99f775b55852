using System.Collections.Concurrent;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Maintenance.Copying;
using Fitnessify.Infrastructure.Persistence.SqlServer;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Testing;

/// <summary>
/// Databases on SQL Server that have only empty tables and are used by one test after the other: creating one takes seconds,
/// and emptying one does not.
/// </summary>
internal static class EmptyDatabases
{
    // A server has used this database. Tables that others reference come last.
    private const string ClearSchedule = """
        IF OBJECT_ID(N'QRTZ_JOB_DETAILS') IS NOT NULL
        BEGIN
            DELETE FROM QRTZ_FIRED_TRIGGERS;
            DELETE FROM QRTZ_SCHEDULER_STATE;
            DELETE FROM QRTZ_SIMPLE_TRIGGERS;
            DELETE FROM QRTZ_CRON_TRIGGERS;
            DELETE FROM QRTZ_TRIGGERS;
            DELETE FROM QRTZ_JOB_DETAILS;
        END
        """;

    private static readonly ConcurrentBag<string> Empty = [];

    /// <summary>Returns a connection string for a database that may be created or exists already.</summary>
    public static string Take() =>
        Empty.TryTake(out var connectionString) ? connectionString : TestSqlServer.NewDatabase();

    /// <summary>Empties a database that no server uses any more for the next test; drops it when a test has damaged it.</summary>
    public static async Task ReturnAsync(string connectionString)
    {
        try
        {
            await EmptyAsync(connectionString);
            Empty.Add(connectionString);
        }
        catch (SqlException)
        {
            TestSqlServer.Drop(connectionString);
        }
    }

    private static async Task EmptyAsync(string connectionString)
    {
        await using var context = SqlServerDbContext.Open(connectionString);
        await context.Database.OpenConnectionAsync();
        foreach (var table in CopyTable.Of(context).Reverse().Where(table => table.Seeds == 0))
        {
            await table.ClearAsync(default);
        }

        await context.Database.ExecuteSqlRawAsync(ClearSchedule);
        // Rows that the migrations have added stay, and rows that tests have added are deleted.
        var roles = RoleSeed.Roles.Select(role => role.Id).ToList();
        await context.RoleClaims.Where(claim => !roles.Contains(claim.RoleId)).ExecuteDeleteAsync();
        await context.Roles.Where(role => !roles.Contains(role.Id)).ExecuteDeleteAsync();
        await context.Sequences.ExecuteUpdateAsync(set => set.SetProperty(sequence => sequence.Value, 0));
    }

    /// <summary>Drops the unused databases at the end of a run.</summary>
    public static void DropAll()
    {
        while (Empty.TryTake(out var connectionString))
        {
            TestSqlServer.Drop(connectionString);
        }
    }
}

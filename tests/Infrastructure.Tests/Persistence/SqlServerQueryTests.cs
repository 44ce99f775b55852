using System.Data;
using Fitnessify.Infrastructure.Tests.Accounts;

namespace Fitnessify.Infrastructure.Tests.Persistence;

/// <summary>Records the statements for SQL Server without a server.</summary>
public sealed class SqlServerQueryTests
{
    [Test]
    public Task The_main_queries_match_the_snapshot_and_can_be_parsed_by_SQL_Server() =>
        SqlServerRecorder.CompareAsync(
            "Accounts/AccountQueries.sql",
            AccountQueries.All,
            AccountQueries.FillAsync,
            Answer
        );

    // The commands return a counter and that a row was changed.
    private static void Answer(string command, DataTable answer)
    {
        if (command.Contains("OUTPUT inserted.[Value]", StringComparison.Ordinal))
        {
            answer.Columns.Add("Value", typeof(long));
            answer.Columns.Add("TimeZone", typeof(string));
            answer.Rows.Add(7L, "UTC");
        }
        else if (command.Contains("OUTPUT 1", StringComparison.Ordinal))
        {
            answer.Columns.Add("Changed", typeof(int));
            answer.Rows.Add(1);
        }
        else if (command.Contains("SELECT CASE", StringComparison.Ordinal))
        {
            answer.Columns.Add("Is", typeof(bool));
            answer.Rows.Add(false);
        }
        else
        {
            // The result is empty but has the columns of the widest query.
            answer.Columns.AddRange([.. Enumerable.Range(0, 60).Select(i => new DataColumn($"{i}", typeof(string)))]);
        }
    }
}

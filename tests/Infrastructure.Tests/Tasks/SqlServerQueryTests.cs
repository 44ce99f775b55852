using System.Data;
using Fitnessify.Infrastructure.Tests.Persistence;

namespace Fitnessify.Infrastructure.Tests.Tasks;

/// <summary>Records the statements for SQL Server without a server.</summary>
public sealed class SqlServerQueryTests
{
    [Test]
    public async Task The_main_queries_match_the_snapshot_and_can_be_parsed_by_SQL_Server()
    {
        var hasTrash = true;
        // Results are empty, except for the counters and for an owner whose trash must be purged.
        void Answer(string command, DataTable answer)
        {
            if (command.Contains("FROM [Sequences]", StringComparison.Ordinal))
            {
                answer.Columns.Add("Epoch", typeof(long));
                answer.Columns.Add("Value", typeof(long));
                answer.Columns.Add("LastListVersion", typeof(long));
                answer.Columns.Add("PurgedThrough", typeof(long));
                answer.Rows.Add(0L, 9L, 9L, 0L);
                return;
            }

            answer.Columns.Add("OwnerId", typeof(Guid));
            if (hasTrash && command.Contains("SELECT TOP(1) [t].[OwnerId]\n", StringComparison.Ordinal))
            {
                hasTrash = false;
                answer.Rows.Add(Guid.Empty);
            }
        }

        await SqlServerRecorder.CompareAsync("Tasks/TaskQueries.sql", TaskQueries.All, TaskQueries.FillAsync, Answer);
    }
}

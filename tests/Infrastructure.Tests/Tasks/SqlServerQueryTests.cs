using System.Data;
using Fitnessify.Infrastructure.Tests.Persistence;

namespace Fitnessify.Infrastructure.Tests.Tasks;

/// <summary>What SQL Server is asked, recorded without one.</summary>
public sealed class SqlServerQueryTests
{
    [Test]
    public async Task The_main_queries_are_those_of_the_snapshot_and_SQL_Server_can_read_them()
    {
        var hasTrash = true;
        // With nothing, but the numbers, and that there is somebody's trash to empty.
        void Answer(string command, DataTable answer)
        {
            if (command.Contains("FROM [Sequences]", StringComparison.Ordinal))
            {
                answer.Columns.Add("Epoch", typeof(long));
                answer.Columns.Add("PurgedThrough", typeof(long));
                answer.Rows.Add(0L, 0L);
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

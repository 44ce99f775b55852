using System.Data;
using System.Data.Common;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Persistence.Repositories;
using Fitnessify.Infrastructure.Security;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Fitnessify.Infrastructure.Tests.Tasks;

/// <summary>What SQL Server is asked, recorded without one.</summary>
public sealed class SqlServerQueryTests
{
    private const string Snapshot = "TaskQueries.sql";

    [Test]
    public async Task The_main_queries_are_those_of_the_snapshot_and_SQL_Server_can_read_them()
    {
        await using var server = TestRun.Database.Start();
        var owner = await server.EnterAsync();
        await TaskQueries.FillAsync(server);
        var recorder = new Recorder();
        foreach (var query in TaskQueries.All)
        {
            var position = query.BeginAsync is { } begin ? await begin(server) : null;
            await using var context = new SqlServerDbContext(
                new DbContextOptionsBuilder<SqlServerDbContext>()
                    .UseSqlServer("Server=nowhere")
                    .AddInterceptors(recorder)
                    .Options
            );
            recorder.Say(query.Name);
            await query.Run(
                new TaskRepository(context, server.Get<Cursors>(), server.Get<SyncTokens>()),
                new TaskTrash(context, context),
                owner,
                position
            );
        }

        var script = recorder.Script;
        using var reader = new StringReader(script);
        new TSql150Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
        Assert.That(errors.Select(error => $"line {error.Line}: {error.Message}"), Is.Empty, script);
        var folder = TestContext.CurrentContext.TestDirectory;
        var expected = await File.ReadAllTextAsync(Path.Combine(folder, "Tasks", Snapshot));
        if (script != expected)
        {
            var actual = Path.Combine(folder, "Tasks", $"actual-{Snapshot}");
            await File.WriteAllTextAsync(actual, script);
            Assert.That(script, Is.EqualTo(expected), $"If that is meant, make {actual} the snapshot.");
        }
    }

    /// <summary>Answers every command without a server: with nothing, but that there is somebody's trash to empty.</summary>
    private sealed class Recorder : DbCommandInterceptor, IDbConnectionInterceptor
    {
        private readonly StringWriter _script = new() { NewLine = "\n" };
        private bool _hasTrash = true;

        public string Script => _script.ToString();

        public void Say(string name) => _script.WriteLine($"-- {name}");

        public ValueTask<InterceptionResult> ConnectionOpeningAsync(
            DbConnection connection,
            ConnectionEventData eventData,
            InterceptionResult result,
            CancellationToken cancellationToken = default
        ) => ValueTask.FromResult(InterceptionResult.Suppress());

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default
        )
        {
            var types = command.Parameters.Cast<SqlParameter>().Select(p => $"{p.ParameterName} {p.SqlDbType}");
            _script.WriteLine($"-- {string.Join(", ", types)}");
            _script.WriteLine($"{command.CommandText.ReplaceLineEndings("\n")};\n");
            using var table = new DataTable();
            table.Columns.Add("OwnerId", typeof(Guid));
            if (_hasTrash && command.CommandText.Contains("SELECT TOP(1) [t].[OwnerId]\n", StringComparison.Ordinal))
            {
                _hasTrash = false;
                table.Rows.Add(Guid.Empty);
            }

            return ValueTask.FromResult(InterceptionResult<DbDataReader>.SuppressWithResult(table.CreateDataReader()));
        }
    }
}

using System.Data;
using System.Data.Common;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Tests.Support;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Fitnessify.Infrastructure.Tests.Persistence;

/// <summary>Records what SQL Server is asked, and answers without one.</summary>
internal sealed class SqlServerRecorder(Action<string, DataTable>? answer)
    : DbCommandInterceptor,
        IDbConnectionInterceptor
{
    private readonly StringWriter _script = new() { NewLine = "\n" };

    /// <summary>Compares the commands of the queries with the snapshot, and has SQL Server's parser read them.</summary>
    /// <param name="snapshot">Path below the folder of the tests.</param>
    /// <param name="queries">In their order.</param>
    /// <param name="fill">Makes what later pages begin after.</param>
    /// <param name="answer">Fills the answer to a command, which is empty without it.</param>
    public static async Task CompareAsync(
        string snapshot,
        IEnumerable<MainQuery> queries,
        Func<Instance, Task> fill,
        Action<string, DataTable>? answer = null
    )
    {
        await using var server = TestRun.Database.Start();
        var owner = await server.EnterAsync();
        await fill(server);
        var recorder = new SqlServerRecorder(answer);
        foreach (var query in queries)
        {
            var position = query.BeginAsync is { } begin ? await begin(server) : null;
            await using var context = new SqlServerDbContext(
                new DbContextOptionsBuilder<SqlServerDbContext>()
                    .UseSqlServer("Server=nowhere")
                    .AddInterceptors(recorder)
                    .Options
            );
            await recorder._script.WriteLineAsync($"-- {query.Name}");
            await query.Run(new QueryTarget(context, server, owner, position));
        }

        var script = recorder._script.ToString();
        using var reader = new StringReader(script);
        new TSql150Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
        Assert.That(errors.Select(error => $"line {error.Line}: {error.Message}"), Is.Empty, script);
        var path = Path.Combine(TestContext.CurrentContext.TestDirectory, snapshot);
        var expected = await File.ReadAllTextAsync(path);
        if (script != expected)
        {
            var actual = Path.ChangeExtension(path, ".actual.sql");
            await File.WriteAllTextAsync(actual, script);
            Assert.That(script, Is.EqualTo(expected), $"If that is meant, make {actual} the snapshot.");
        }
    }

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
        using var table = new DataTable();
        answer?.Invoke(Write(command), table);
        return ValueTask.FromResult(InterceptionResult<DbDataReader>.SuppressWithResult(table.CreateDataReader()));
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        Write(command);
        return ValueTask.FromResult(InterceptionResult<int>.SuppressWithResult(0));
    }

    private string Write(DbCommand command)
    {
        var types = command.Parameters.Cast<SqlParameter>().Select(p => $"{p.ParameterName} {p.SqlDbType}");
        var text = command.CommandText.ReplaceLineEndings("\n");
        _script.WriteLine($"-- {string.Join(", ", types)}");
        _script.WriteLine($"{text};\n");
        return text;
    }
}

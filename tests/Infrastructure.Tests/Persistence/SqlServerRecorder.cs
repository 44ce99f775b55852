using System.Data;
using System.Data.Common;
using Fitnessify.Infrastructure.Persistence.SqlServer;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Fitnessify.Infrastructure.Tests.Persistence;

/// <summary>Records the statements for SQL Server and returns results without a server.</summary>
internal sealed class SqlServerRecorder(Action<string, DataTable>? answer)
    : DbCommandInterceptor,
        IDbConnectionInterceptor
{
    private readonly StringWriter _script = new() { NewLine = "\n" };

    /// <summary>Compares the commands of the queries with the snapshot and parses them with SQL Server's parser.</summary>
    /// <param name="snapshot">The path below the folder of the tests.</param>
    /// <param name="queries">The queries, in order.</param>
    /// <param name="fill">Adds the rows that later pages start after.</param>
    /// <param name="answer">Fills the result of a command, which is empty without it.</param>
    public static async Task CompareAsync(
        string snapshot,
        IEnumerable<MainQuery> queries,
        Func<Instance, Task> fill,
        Action<string, DataTable>? answer = null
    )
    {
        await using var server = TestRun.Database.Start();
        var owner = await server.SignInNewUserAsync();
        await fill(server);
        var recorder = new SqlServerRecorder(answer);
        foreach (var query in queries)
        {
            var position = query.BeginAsync is { } begin ? await begin(server) : null;
            await using var context = new SqlServerDbContext(
                new DbContextOptionsBuilder<SqlServerDbContext>()
                    .UseSqlServer("Server=nowhere")
                    .AddInterceptors(recorder)
                    .UseApplicationServiceProvider(server.Services)
                    .Options
            );
            await recorder._script.WriteLineAsync($"-- {query.Name}");
            await query.Run(new QueryTarget(context, server, owner, position));
        }

        var script = recorder._script.ToString();
        using var reader = new StringReader(script);
        var parsed = new TSql150Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
        Assert.That(errors.Select(error => $"line {error.Line}: {error.Message}"), Is.Empty, script);
        var hidden = new HiddenColumns();
        parsed.Accept(hidden);
        Assert.That(hidden.Found, Is.Empty, "An index cannot be used for a column inside a function.");
        var path = Path.Combine(TestContext.CurrentContext.TestDirectory, snapshot);
        var expected = await File.ReadAllTextAsync(path);
        if (script != expected)
        {
            var actual = Path.ChangeExtension(path, ".actual.sql");
            await File.WriteAllTextAsync(actual, script);
            Assert.That(script, Is.EqualTo(expected), $"If this is intended, replace the snapshot with {actual}.");
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

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<object> result,
        CancellationToken cancellationToken = default
    )
    {
        Write(command);
        return ValueTask.FromResult(InterceptionResult<object>.SuppressWithResult(1L));
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
        var types = command.Parameters.Cast<SqlParameter>().Select(p => $"{p.ParameterName} {TypeOf(p)}");
        var text = command.CommandText.ReplaceLineEndings("\n");
        _script.WriteLine($"-- {string.Join(", ", types)}");
        _script.WriteLine($"{text};\n");
        return text;
    }

    // The size or precision is included, because another one would change the plan or convert the column.
    private static string TypeOf(SqlParameter parameter) =>
        parameter.SqlDbType switch
        {
            SqlDbType.NVarChar or SqlDbType.VarBinary => $"{parameter.SqlDbType}({parameter.Size})",
            SqlDbType.DateTimeOffset or SqlDbType.DateTime2 => $"{parameter.SqlDbType}({parameter.Scale})",
            _ => $"{parameter.SqlDbType}",
        };

    /// <summary>Finds comparisons of an expression of a column instead of the column itself.</summary>
    private sealed class HiddenColumns : TSqlFragmentVisitor
    {
        public List<string> Found { get; } = [];

        public override void Visit(BooleanComparisonExpression node)
        {
            Check(node.FirstExpression);
            Check(node.SecondExpression);
        }

        public override void Visit(InPredicate node) => Check(node.Expression);

        private void Check(ScalarExpression side)
        {
            // A CASE expression is a filter that no index could serve.
            if (side is ColumnReferenceExpression or ScalarSubquery or SearchedCaseExpression)
            {
                return;
            }

            var columns = new Columns();
            side.Accept(columns);
            if (columns.Count > 0)
            {
                Found.Add($"line {side.StartLine}, column {side.StartColumn}");
            }
        }
    }

    private sealed class Columns : TSqlFragmentVisitor
    {
        public int Count { get; private set; }

        public override void Visit(ColumnReferenceExpression node) => Count++;
    }
}

using System.Data;
using Fitnessify.Infrastructure.Maintenance.Copying;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Persistence.Sqlite;
using Fitnessify.Infrastructure.Persistence.SqlServer;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Fitnessify.Infrastructure.Tests.Maintenance.Copying;

/// <summary>Checks without a SQL Server that it would parse the statements and get values in its own format.</summary>
public sealed class CopySqlTests : IAsyncDisposable
{
    private readonly SqlServerDbContext _sqlServer = new(
        new DbContextOptionsBuilder<SqlServerDbContext>().UseSqlServer("Server=nowhere").Options
    );

    private readonly SqliteDbContext _sqlite = new(
        new DbContextOptionsBuilder<SqliteDbContext>().UseSqlite("Data Source=nowhere.db").Options
    );

    public async ValueTask DisposeAsync()
    {
        await _sqlServer.DisposeAsync();
        await _sqlite.DisposeAsync();
    }

    [TestCase(false)]
    [TestCase(true)]
    public void SQL_Server_can_parse_the_statements(bool isNumbered)
    {
        var sql = new CopySql(
            _sqlServer.GetService<ISqlGenerationHelper>(),
            isSqlServer: true,
            "Tasks",
            ["Id", "OwnerId", "Title"],
            ["OwnerId", "Id"],
            isNumbered
        );
        string[] statements =
        [
            sql.SelectAll,
            sql.SelectPage(isAfter: false, 7, 1000),
            sql.SelectPage(isAfter: true, 0, 1000),
            sql.Insert(2),
            sql.DeleteAll,
        ];
        foreach (var statement in statements)
        {
            using var reader = new StringReader(statement);
            new TSql150Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
            Assert.That(errors.Select(error => error.Message), Is.Empty, statement);
        }

        Assert.That(
            sql.Insert(1).Contains("IDENTITY_INSERT [Tasks] ON", StringComparison.Ordinal),
            Is.EqualTo(isNumbered)
        );
        Assert.That(
            sql.SelectPage(isAfter: true, 0, 5),
            Does.Contain("WHERE ([OwnerId] >= @p0_0 AND ([OwnerId] > @p0_0 OR [Id] > @p0_1))")
        );
    }

    [Test]
    public void Both_databases_have_the_same_tables_and_columns()
    {
        Assert.That(Shape(_sqlServer), Is.EqualTo(Shape(_sqlite)));
        Assert.That(Shape(_sqlite), Has.Some.StartsWith("Passkeys: CredentialId, Data, "));

        static IEnumerable<string> Shape(AppDbContext context) =>
            CopyTable
                .Of(context)
                .Select(table => $"{table.Name}: {string.Join(", ", table.Columns.Select(column => column.Name))}");
    }

    [Test]
    public void Tables_are_ordered_after_those_that_they_reference()
    {
        var names = CopyTable.Of(_sqlite).Select(table => table.Name).ToList();
        Assert.That(names.IndexOf("Users"), Is.LessThan(names.IndexOf("ChangeCounters")));
        Assert.That(names.IndexOf("Roles"), Is.LessThan(names.IndexOf("RoleClaims")));
    }

    [Test]
    public void Bytes_in_JSON_are_written_in_the_format_of_each_database()
    {
        var (sqlite, sqlServer) = (Passkey(_sqlite), Passkey(_sqlServer));
        var value = Read(sqlite, """{"PublicKey":"0AFF","Name":null,"SignCount":7,"Transports":["usb"]}""");

        using var command = new SqlCommand();
        sqlServer.Bind(command, "@p", value);
        var written = (string)command.Parameters["@p"].Value;

        Assert.That(written, Is.EqualTo("""{"PublicKey":"Cv8=","Name":null,"SignCount":7,"Transports":["usb"]}"""));
        Assert.That(sqlServer.Neutral(Read(sqlServer, written)), Is.EqualTo(sqlite.Neutral(value)));

        static CopyColumn Passkey(AppDbContext context) =>
            CopyTable
                .Of(context)
                .Single(table => table.Name == "Passkeys")
                .Columns.Single(column => column.Name == "Data");
    }

    [Test]
    public void Times_have_the_same_checksum_value_in_both_databases()
    {
        var time = new DateTimeOffset(2031, 5, 6, 7, 8, 9, 123, TimeSpan.Zero);
        var (sqlite, sqlServer) = (CreatedAt(_sqlite), CreatedAt(_sqlServer));
        Assert.That(Read(sqlite, time.UtcTicks), Is.EqualTo(time));
        Assert.That(Read(sqlServer, time), Is.EqualTo(time));
        Assert.That(sqlite.Neutral(time), Is.EqualTo(sqlServer.Neutral(time)));

        static CopyColumn CreatedAt(AppDbContext context) =>
            CopyTable
                .Of(context)
                .Single(table => table.Name == "Tasks")
                .Columns.Single(column => column.Name == "CreatedAt");
    }

    [Test]
    public void A_checksum_distinguishes_rows_and_ignores_their_order()
    {
        object?[] one = ["ab", null];
        object?[] two = ["a", "b"];
        Assert.That(default(RowChecksum).With(one).With(two), Is.EqualTo(default(RowChecksum).With(two).With(one)));
        Assert.That(default(RowChecksum).With(one), Is.Not.EqualTo(default(RowChecksum).With(two)));
        Assert.That(default(RowChecksum).With([null, "ab"]), Is.Not.EqualTo(default(RowChecksum).With(one)));
        Assert.That(default(RowChecksum).With([1L]), Is.EqualTo(default(RowChecksum).With([1])));
        Assert.That(
            default(RowChecksum).With([(byte[])[1, 2]]),
            Is.Not.EqualTo(default(RowChecksum).With([(byte[])[2, 1]]))
        );
        var sum = default(RowChecksum).With(one).With(two);
        Assert.That(RowChecksum.Read(2, sum.Text), Is.EqualTo(sum));
    }

    private static object? Read(CopyColumn column, object stored)
    {
        using var table = new DataTable();
        table.Columns.Add("x", stored.GetType());
        table.Rows.Add(stored);
        using var reader = table.CreateDataReader();
        reader.Read();
        return column.Read(reader, 0);
    }
}

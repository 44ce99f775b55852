using System.Data.Common;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Persistence.Sqlite;
using Microsoft.Data.Sqlite;

namespace Fitnessify.Infrastructure.Tests.Persistence;

/// <summary>The reader of the pool says what the reader of Microsoft.Data.Sqlite says.</summary>
public sealed class PooledReaderTests : IAsyncDisposable
{
    private static readonly string[] Values =
    [
        "NULL",
        "0",
        "1",
        "-1",
        "9223372036854775807",
        "-9223372036854775808",
        "1.5",
        "''",
        "'0'",
        "'text'",
        "'Größe 漢字 👩‍🚀'",
        "'before' || char(0) || 'after'",
        "'0f8fad5b-d9cb-469f-a165-70867728950e'",
        "'0F8FAD5B-D9CB-469F-A165-70867728950E'",
        "'0F8FAD5BD9CB469FA16570867728950E'",
        "'{0F8FAD5B-D9CB-469F-A165-70867728950E}'",
        "'0F8FAD5B-D9CB-469F-A165-70867728950'",
        "'XF8FAD5B-D9CB-469F-A165-70867728950E'",
        "x'5bad8f0fcbd99f46a16570867728950e'",
        "x''",
        "'2026-12-01'",
    ];

    private static readonly Dictionary<string, Func<DbDataReader, object>> Reads = new()
    {
        ["IsDBNull"] = reader => reader.IsDBNull(0),
        ["GetInt64"] = reader => reader.GetInt64(0),
        ["GetInt32"] = reader => reader.GetInt32(0),
        ["GetBoolean"] = reader => reader.GetBoolean(0),
        ["GetString"] = reader => reader.GetString(0),
        ["GetGuid"] = reader => reader.GetGuid(0),
        ["GetDouble"] = reader => reader.GetDouble(0),
        ["GetValue"] = reader => reader.GetValue(0),
        ["GetFieldValue"] = reader => reader.GetFieldValue<DateOnly>(0),
        ["GetFieldType"] = reader => reader.GetFieldType(0),
        ["GetName"] = reader => reader.GetName(0),
        ["a column that is not there"] = reader => reader.GetInt64(1),
        ["a text that is not there"] = reader => reader.GetString(-1),
    };

    private static IEnumerable<string> Names => Reads.Keys;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fitnessify-tests-");
    private readonly SqlitePool _pool;
    private readonly PooledConnection _connection;

    public PooledReaderTests()
    {
        _pool = new SqlitePool($"Data Source={Path.Combine(_folder.FullName, "reader.db")}", SqliteSynchronous.Full);
        _connection = new PooledConnection(_pool);
        _connection.Open();
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _pool.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Test]
    public void Each_value_is_read_in_the_same_way(
        [ValueSource(nameof(Values))] string value,
        [ValueSource(nameof(Names))] string read
    )
    {
        using var library = new SqliteConnection("Data Source=:memory:");
        library.Open();

        Assert.That(OutcomeOf(_connection, value, read), Is.EqualTo(OutcomeOf(library, value, read)));
    }

    [Test]
    public void A_value_needs_a_row()
    {
        using var command = Command(_connection, "SELECT 1 WHERE 0 = 1");
        using var reader = command.ExecuteReader();

        Assert.That(() => reader.GetInt64(0), Throws.InvalidOperationException);
        Assert.That(reader.Read(), Is.False);
        Assert.That(() => reader.GetString(0), Throws.InvalidOperationException);
        reader.Close();
        Assert.That(() => reader.IsDBNull(0), Throws.InvalidOperationException);
    }

    [Test]
    public void Results_are_read_one_after_the_other()
    {
        using var command = Command(_connection, "SELECT 1; SELECT 'two'");
        using var reader = command.ExecuteReader();

        Assert.That(reader.Read(), Is.True);
        Assert.That(reader.GetInt64(0), Is.EqualTo(1));
        Assert.That(reader.NextResult(), Is.True);
        Assert.That(() => reader.GetString(0), Throws.InvalidOperationException, "There is no row yet.");
        Assert.That(reader.Read(), Is.True);
        Assert.That(reader.GetString(0), Is.EqualTo("two"));
        Assert.That(reader.NextResult(), Is.False);
    }

    /// <summary>Returns the value, or the name of the exception.</summary>
    private static string OutcomeOf(DbConnection connection, string value, string read)
    {
        using var command = Command(connection, $"SELECT {value} AS V");
        using var reader = command.ExecuteReader();
        Assert.That(reader.Read(), Is.True);
        try
        {
            var found = Reads[read](reader);
            return found is byte[] bytes ? Convert.ToHexString(bytes) : $"{found}";
        }
        catch (Exception exception)
        {
            return exception.GetType().Name;
        }
    }

    private static DbCommand Command(DbConnection connection, string text)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        return command;
    }
}

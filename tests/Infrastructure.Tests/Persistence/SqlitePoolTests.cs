using System.Data;
using System.Data.Common;
using System.Runtime.InteropServices;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Persistence.Sqlite;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fitnessify.Infrastructure.Tests.Persistence;

public sealed class SqlitePoolTests : IAsyncDisposable
{
    private delegate nint DatabaseMutex(nint database);

    // This is SQLITE_STMTSTATUS_REPREPARE.
    private const int RepreparationCounter = 5;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fitnessify-tests-");
    private readonly SqlitePool _pool;

    public SqlitePoolTests() =>
        _pool = new SqlitePool($"Data Source={Path.Combine(_folder.FullName, "pool.db")}", SqliteSynchronous.Full);

    public async ValueTask DisposeAsync()
    {
        await _pool.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Test]
    public void The_connection_that_was_returned_last_is_rented_next()
    {
        var (first, second) = (_pool.Take(), _pool.Take());
        _pool.Return(first);
        _pool.Return(second);

        Assert.That(_pool.Take(), Is.SameAs(second));
        Assert.That(_pool.Take(), Is.SameAs(first));
    }

    [Test]
    public void Connections_beyond_the_pool_size_are_closed_when_they_are_returned()
    {
        var taken = Enumerable.Range(0, 40).Select(_ => _pool.Take()).ToList();

        taken.ForEach(_pool.Return);

        Assert.That(taken.Count(kept => kept.Connection.State == ConnectionState.Open), Is.EqualTo(32));
    }

    [Test]
    public void A_connection_that_is_returned_with_a_command_in_use_is_closed()
    {
        var kept = _pool.Take();
        kept.Take("SELECT 1");

        _pool.Return(kept);

        Assert.That(kept.Connection.State, Is.EqualTo(ConnectionState.Closed));
    }

    [Test]
    public async Task Connections_that_are_returned_after_disposal_are_closed()
    {
        var kept = _pool.Take();
        await _pool.DisposeAsync();

        _pool.Return(kept);

        Assert.That(kept.Connection.State, Is.EqualTo(ConnectionState.Closed));
    }

    [Test]
    public void SQLite_takes_no_lock_for_a_value_and_none_to_count_memory()
    {
        var kept = _pool.Take();

        Assert.That(LockOf(kept.Connection.Handle!), Is.EqualTo(nint.Zero));
        Assert.That(raw.sqlite3_memory_used(), Is.Zero);
        _pool.Return(kept);
    }

    [TestCase(25, false)]
    [TestCase(400, true)]
    [Platform("Linux")]
    // The temporary files are those of the whole process, in which other tests would have some of their own.
    [NonParallelizable]
    public void What_a_savepoint_could_restore_is_in_memory_unless_it_is_much(int pages, bool isMuch)
    {
        var kept = _pool.Take();
        kept.Execute("PRAGMA journal_mode = WAL");
        kept.Execute("CREATE TABLE T (A BLOB)");
        kept.Execute(
            $"WITH N (I) AS (VALUES (1) UNION ALL SELECT I + 1 FROM N WHERE I < {pages}) INSERT INTO T SELECT zeroblob(4000) FROM N"
        );
        kept.Execute("BEGIN IMMEDIATE");
        kept.Execute("SAVEPOINT part");

        kept.Execute("UPDATE T SET A = randomblob(4000)");

        var temporary = Directory
            .GetFiles("/proc/self/fd")
            .Select(link => new FileInfo(link).LinkTarget)
            .Count(file => file?.Contains("etilqs_", StringComparison.Ordinal) == true);
        Assert.That(temporary > 0, Is.EqualTo(isMuch));
        kept.Execute("ROLLBACK TO part");
        kept.Execute("COMMIT");
        using var command = kept.Connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM T WHERE A = zeroblob(4000)";
        Assert.That(command.ExecuteScalar(), Is.EqualTo(pages));
        _pool.Return(kept);
    }

    [Test]
    public void A_file_that_is_no_database_gives_no_connection()
    {
        File.WriteAllText(_pool.File, new string('x', 4096));

        Assert.That(() => _pool.Take(), Throws.TypeOf<SqliteException>());
    }

    [Test]
    public void A_statement_that_is_left_with_an_open_reader_can_be_used_again()
    {
        using var connection = new PooledConnection(_pool);
        connection.Open();
        for (var i = 0; i < 2; i++)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT column1 FROM (VALUES (1), (2))";
            Assert.That(command.ExecuteReader().Read(), Is.True);
        }
    }

    [Test]
    public void A_statement_is_prepared_once_and_used_by_one_command_at_a_time()
    {
        var kept = _pool.Take();
        var first = kept.Take("SELECT 1");
        var second = kept.Take("SELECT 1");
        kept.Return(first);

        Assert.That(second, Is.Not.SameAs(first));
        Assert.That(kept.Take("SELECT 1"), Is.SameAs(first));
    }

    [Test]
    public void A_statement_with_a_limit_is_not_prepared_again_for_another_limit()
    {
        using var connection = new PooledConnection(_pool);
        connection.Open();
        Execute(connection, "CREATE TABLE T (A)");
        Execute(connection, "INSERT INTO T VALUES (1), (2), (3)");

        var rows = Enumerable.Range(1, 3).Select(limit => Limited(connection, limit)).ToList();

        Assert.That(rows, Is.EqualTo([(1, 0), (2, 0), (3, 0)]));
    }

    [Test]
    public void Parameter_values_do_not_leak_into_the_next_use()
    {
        using var connection = new PooledConnection(_pool);
        connection.Open();

        Assert.That(Echo(connection, 1), Is.EqualTo(1));
        Assert.That(Echo(connection, 2), Is.EqualTo(2));
        using var bare = connection.CreateCommand();
        bare.CommandText = "SELECT @value";
        Assert.That(() => bare.ExecuteScalar(), Throws.InvalidOperationException, "There is no value.");
    }

    [Test]
    public void The_number_of_cached_statements_is_limited()
    {
        var kept = _pool.Take();
        var first = kept.Take("SELECT 0");
        kept.Return(first);
        for (var i = 1; i <= 200; i++)
        {
            kept.Return(kept.Take($"SELECT {i}"));
        }

        Assert.That(kept.Take("SELECT 0"), Is.Not.SameAs(first));
    }

    [Test]
    public void An_uncommitted_transaction_is_rolled_back_when_the_connection_is_returned()
    {
        using var connection = new PooledConnection(_pool);
        connection.Open();
        Execute(connection, "CREATE TABLE T (A)");
        using (var transaction = connection.BeginTransaction())
        {
            Execute(connection, "INSERT INTO T VALUES (1)", transaction);
            connection.Close();
        }

        connection.Open();
        Assert.That(Scalar(connection, "SELECT COUNT(*) FROM T"), Is.Zero);
        Execute(connection, "INSERT INTO T VALUES (1)");
    }

    [TestCase(true)]
    [TestCase(false)]
    public void A_completed_transaction_does_not_affect_later_commands(bool commits)
    {
        using var connection = new PooledConnection(_pool);
        connection.Open();
        Execute(connection, "CREATE TABLE T (A)");
        using var transaction = connection.BeginTransaction();
        Execute(connection, "INSERT INTO T VALUES (1)", transaction);
        if (commits)
        {
            transaction.Commit();
        }
        else
        {
            transaction.Rollback();
        }

        Assert.That(Scalar(connection, "SELECT COUNT(*) FROM T"), Is.EqualTo(commits ? 1 : 0));
    }

    [TestCase("INSERT INTO T VALUES (1)", true)]
    [TestCase("SELECT * FROM Missing", false)]
    public void A_connection_is_reused_only_when_its_state_is_known(string failing, bool isKept)
    {
        var connection = new PooledConnection(_pool);
        connection.Open();
        Execute(connection, "CREATE TABLE T (A PRIMARY KEY)");
        Execute(connection, "INSERT INTO T VALUES (1)");
        var kept = connection.Kept;
        Assert.That(() => Execute(connection, failing), Throws.TypeOf<SqliteException>());

        connection.Close();

        Assert.That(ReferenceEquals(_pool.Take(), kept), Is.EqualTo(isKept));
    }

    /// <summary>A statement that is not reset keeps its view of the file, and the log beside it grows without end.</summary>
    [Test]
    public void A_finished_query_does_not_block_checkpoints_of_the_log()
    {
        using var connection = new PooledConnection(_pool);
        connection.Open();
        Execute(connection, "PRAGMA journal_mode = WAL");
        Execute(connection, "CREATE TABLE T (A)");
        Execute(connection, "INSERT INTO T VALUES (1), (2), (3)");
        using (var command = connection.CreateCommand())
        {
            command.CommandText = "SELECT A FROM T";
            using var reader = command.ExecuteReader();
            Assert.That(reader.Read(), Is.True);
        }

        connection.Close();
        using var other = new SqliteConnection(_pool.ConnectionString);
        other.Open();
        Execute(other, "INSERT INTO T VALUES (4)");

        // The log can restart only while nobody reads from it.
        Assert.That(Scalar(other, "PRAGMA wal_checkpoint(TRUNCATE)"), Is.Zero);
    }

    /// <summary>Returns how many rows the statement finds, and how often SQLite has prepared it again.</summary>
    private static (int Rows, int Preparations) Limited(PooledConnection connection, int limit)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT A FROM T ORDER BY A LIMIT @limit";
        command.Parameters.Add(new SqliteParameter("@limit", limit));
        using var reader = (PooledReader)command.ExecuteReader();
        var rows = 0;
        while (reader.Read())
        {
            rows++;
        }

        return (rows, raw.sqlite3_stmt_status(reader.Handle!, RepreparationCounter, 0));
    }

    // The client library has no such method.
    private static nint LockOf(sqlite3 connection)
    {
        var library = NativeLibrary.Load("e_sqlite3", typeof(SqlitePool).Assembly, null);
        var lockOf = Marshal.GetDelegateForFunctionPointer<DatabaseMutex>(
            NativeLibrary.GetExport(library, "sqlite3_db_mutex")
        );
        return lockOf(connection.DangerousGetHandle());
    }

    private static long Echo(PooledConnection connection, long value)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT @value";
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("@value", value);
        command.Parameters.Add(parameter);
        return (long)command.ExecuteScalar()!;
    }

    private static void Execute(DbConnection connection, string text, DbTransaction? transaction = null)
    {
        using var command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (text, transaction);
        command.ExecuteNonQuery();
    }

    private static long Scalar(DbConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        return (long)command.ExecuteScalar()!;
    }
}

using System.Collections.Concurrent;
using System.Data.Common;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Persistence.Sqlite;
using Microsoft.Data.Sqlite;

namespace Fitnessify.Infrastructure.Tests.Persistence;

public sealed class SqliteWriteQueueTests : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fitnessify-tests-");
    private readonly Failures _observer = new();
    private readonly SqlitePool _pool;
    private readonly ConcurrentQueue<CommitGroup> _groups = [];

    public SqliteWriteQueueTests()
    {
        _pool = new SqlitePool(
            $"Data Source={Path.Combine(_folder.FullName, "writers.db")};Default Timeout=1",
            SqliteSynchronous.Full,
            _observer
        )
        {
            BusyTimeout = TimeSpan.FromSeconds(1),
        };
        using var connection = new PooledConnection(_pool);
        connection.Open();
        foreach (
            var text in new[]
            {
                "PRAGMA journal_mode = WAL",
                "CREATE TABLE Owners (Id INTEGER PRIMARY KEY)",
                "CREATE TABLE T (A INTEGER PRIMARY KEY, OwnerId INTEGER REFERENCES Owners (Id))",
            }
        )
        {
            Execute(connection, text);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _pool.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Test]
    public async Task Queued_writes_are_committed_together_and_are_invisible_before()
    {
        var seen = new ConcurrentQueue<long>();

        await Together([
            .. Enumerable
                .Range(1, 6)
                .Select(number =>
                    (Action<PooledConnection>)(
                        connection =>
                        {
                            Insert(connection, number);
                            seen.Enqueue(Count());
                        }
                    )
                ),
        ]);

        Assert.That(_groups.Distinct().Count(), Is.EqualTo(1));
        Assert.That(seen, Is.All.Zero.And.Exactly(6).Items);
        Assert.That(Count(), Is.EqualTo(6));
    }

    [Test]
    public async Task The_size_of_a_group_is_limited()
    {
        await Together([
            .. Enumerable
                .Range(1, 70)
                .Select(number => (Action<PooledConnection>)(connection => Insert(connection, number))),
        ]);

        Assert.That(_groups.GroupBy(group => group).Select(group => group.Count()), Is.EqualTo([64, 6]));
        Assert.That(Count(), Is.EqualTo(70));
    }

    [Test]
    public async Task A_rollback_affects_only_its_own_write()
    {
        await Together(
            connection => Insert(connection, 1),
            connection =>
            {
                using var transaction = connection.BeginTransaction();
                Insert(connection, 2);
                transaction.Rollback();
                Insert(connection, 3);
            },
            connection =>
            {
                using var transaction = connection.BeginTransaction();
                Insert(connection, 4);
                transaction.Commit();
            }
        );

        Assert.That(_groups.Distinct().Count(), Is.EqualTo(1));
        Assert.That(Stored(), Is.EqualTo("1,3,4"));
    }

    [Test]
    public async Task A_failing_write_fails_alone()
    {
        var writes = Begin(
            connection => Insert(connection, 1),
            connection =>
            {
                using var transaction = connection.BeginTransaction();
                Insert(connection, 2);
                Insert(connection, 1);
            },
            connection => Insert(connection, 3)
        );

        Assert.That(async () => await writes[1], Throws.TypeOf<SqliteException>());
        // The conflicting row is committed by the time the error is reported.
        Assert.That(Stored(), Is.EqualTo("1,3"));
        await Task.WhenAll(writes[0], writes[2]);
        Assert.That(Stored(), Is.EqualTo("1,3"));
    }

    [TestCase("while it is written", "SELECT * FROM Missing")]
    [TestCase("when it is committed", "PRAGMA defer_foreign_keys = ON; INSERT INTO T VALUES (9, 9)")]
    public async Task When_a_group_is_lost_all_of_its_writers_fail_and_the_next_one_writes(string moment, string losing)
    {
        var writes = Begin(connection => Insert(connection, 1), connection => Execute(connection, losing));

        foreach (var write in writes)
        {
            Assert.That(async () => await write, Throws.TypeOf<SqliteException>(), moment);
        }

        await Together(connection => Insert(connection, 2));
        Assert.That(Stored(), Is.EqualTo("2"));
    }

    [Test]
    public void A_write_that_collided_with_what_was_never_committed_gets_the_failure_of_the_commit()
    {
        var writes = Begin(
            connection => Insert(connection, 1),
            connection => Insert(connection, 1),
            connection => Execute(connection, "PRAGMA defer_foreign_keys = ON; INSERT INTO T VALUES (9, 9)")
        );

        // The code of a missing owner, and not that of a number that is there already.
        Assert.That(
            async () => await writes[1],
            Throws.TypeOf<SqliteException>().With.Property("SqliteExtendedErrorCode").EqualTo(787)
        );
        Assert.That(async () => await Task.WhenAll(writes), Throws.TypeOf<SqliteException>());
        Assert.That(Stored(), Is.Empty);
    }

    [Test]
    public async Task A_query_that_fails_while_its_rows_are_read_loses_the_group()
    {
        var writes = Begin(
            connection => Insert(connection, 1),
            connection =>
            {
                using var command = connection.CreateCommand();
                command.CommandText = "SELECT abs(column1) FROM (VALUES (1), (-9223372036854775808))";
                using var reader = command.ExecuteReader();
                while (reader.Read()) { }
            }
        );

        Assert.That(async () => await writes[0], Throws.TypeOf<SqliteException>());
        Assert.That(async () => await writes[1], Throws.TypeOf<SqliteException>());
        await Together(connection => Insert(connection, 2));
        Assert.That(Stored(), Is.EqualTo("2"));
    }

    [Test]
    public async Task A_transaction_that_SQLite_has_rolled_back_by_itself_takes_no_later_write_along()
    {
        var writes = Begin(
            connection => Insert(connection, 1),
            connection => Execute(connection, "ROLLBACK"),
            connection => Insert(connection, 3)
        );

        Assert.That(async () => await writes[0], Throws.TypeOf<SqliteException>());
        Assert.That(async () => await writes[1], Throws.TypeOf<SqliteException>());
        await writes[2];
        Assert.That(Stored(), Is.EqualTo("3"));
    }

    [Test]
    public async Task The_queue_is_closed_after_the_current_write()
    {
        var write = Write(connection => Insert(connection, 1), out var isAtWork, out var go);
        await isAtWork;

        var closing = _pool.DisposeAsync();
        Assert.That(closing.IsCompleted, Is.False);
        go();

        await write;
        await closing;
        Assert.That(Stored(), Is.EqualTo("1"));
    }

    [Test]
    public async Task The_queue_is_closed_after_a_write_that_holds_its_thread()
    {
        using var isAtWork = new SemaphoreSlim(0);
        using var released = new SemaphoreSlim(0);
        var write = Task.Run(() =>
            WriteAsync(
                connection =>
                {
                    isAtWork.Release();
                    released.Wait();
                    Insert(connection, 1);
                },
                CancellationToken.None
            )
        );
        await isAtWork.WaitAsync();

        var closing = _pool.DisposeAsync().AsTask();
        await Task.Delay(TimeSpan.FromMilliseconds(100));
        Assert.That(closing.IsCompleted, Is.False);
        released.Release();

        await write;
        await closing;
        Assert.That(Stored(), Is.EqualTo("1"));
    }

    [Test]
    public async Task A_cancelled_waiting_writer_writes_nothing_and_blocks_nobody()
    {
        using var caller = new CancellationTokenSource();
        var first = Write(connection => Insert(connection, 1), out var isFirst, out var go);
        await isFirst;
        var second = WriteAsync(connection => Insert(connection, 2), caller.Token);
        await caller.CancelAsync();
        go();

        await first;
        Assert.That(async () => await second, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Stored(), Is.EqualTo("1"));
    }

    [Test]
    public async Task A_writer_that_waits_too_long_gets_an_outage_and_blocks_nobody()
    {
        await using var queue = new SqliteWriteQueue(_pool, TimeSpan.Zero);
        await using var connection = new PooledConnection(_pool);
        connection.Open();
        var (begun, released) = (new TaskCompletionSource(), new TaskCompletionSource());
        var first = queue.WriteAsync(
            connection,
            async () =>
            {
                begun.SetResult();
                await released.Task;
                Insert(connection, 1);
                return 0;
            },
            CancellationToken.None
        );
        await begun.Task;
        await using var other = new PooledConnection(_pool);

        var failure = Assert.CatchAsync(() =>
            queue.WriteAsync(other, () => Task.FromResult(0), CancellationToken.None)
        );

        Assert.That(new DatabaseOutages().IsOutage(failure!), Is.True);
        released.SetResult();
        await first;
        Assert.That(Stored(), Is.EqualTo("1"));
    }

    [Test]
    public async Task A_writer_that_finds_the_file_locked_is_answered_before_the_others_try()
    {
        await using var locker = new SqliteConnection($"{_pool.ConnectionString};Pooling=false");
        await locker.OpenAsync();
        Execute(locker, "BEGIN IMMEDIATE");
        var others = new List<Task>();
        var isAnswered = new TaskCompletionSource();
        var wasAnswered = false;
        _observer.OnFailure = attempt =>
        {
            if (attempt == 1)
            {
                // The first one has failed and the thread is still its own.
                int[] numbers = [5, 2, 3, 4];
                others.AddRange(
                    numbers.Select(number =>
                        WriteAsync(connection => Insert(connection, number), CancellationToken.None)
                    )
                );
            }
            else if (attempt == 2)
            {
                wasAnswered = isAnswered.Task.Wait(TimeSpan.FromSeconds(10));
                Execute(locker, "ROLLBACK");
            }
        };

        var first = Task.Run(() => WriteAsync(connection => Insert(connection, 1), CancellationToken.None));

        Assert.That(async () => await first, Throws.TypeOf<SqliteException>());
        Assert.That(others.Count(write => write.IsCompleted), Is.Zero);
        isAnswered.SetResult();
        Assert.That(async () => await others[0], Throws.TypeOf<SqliteException>());
        await Task.WhenAll(others[1..]);
        Assert.That(wasAnswered, Is.True);
        Assert.That(Stored(), Is.EqualTo("2,3,4"));
    }

    [Test]
    public async Task A_write_that_another_writer_runs_has_the_context_of_its_own_request()
    {
        var request = new AsyncLocal<int>();
        var seen = new ConcurrentDictionary<int, int>();
        var first = Write(_ => seen[1] = request.Value, out var isFirst, out var go);
        await isFirst;
        request.Value = 2;
        var second = WriteAsync(_ => seen[2] = request.Value, CancellationToken.None);
        request.Value = 3;
        var third = WriteAsync(
            _ =>
            {
                seen[3] = request.Value;
                request.Value = 4;
            },
            CancellationToken.None
        );
        go();

        await Task.WhenAll(first, second, third);
        Assert.That(
            seen,
            Is.EquivalentTo(
                new Dictionary<int, int>
                {
                    [1] = 0,
                    [2] = 2,
                    [3] = 3,
                }
            )
        );
        Assert.That(request.Value, Is.EqualTo(3));
    }

    [Test]
    public async Task Every_writer_gets_its_turn_however_many_come_at_once()
    {
        var writes = Enumerable.Range(0, 8).Select(client => Task.Run(() => InsertManyAsync(client * 1000))).ToList();

        await Task.WhenAll(writes).WaitAsync(TimeSpan.FromMinutes(1));

        Assert.That(Count(), Is.EqualTo(8 * 500));

        async Task InsertManyAsync(int start)
        {
            for (var number = start; number < start + 500; number++)
            {
                await WriteAsync(connection => Insert(connection, number), CancellationToken.None);
            }
        }
    }

    /// <summary>Starts the writers so that all others wait while the first one works.</summary>
    private Task[] Begin(params Action<PooledConnection>[] works)
    {
        var first = Write(works[0], out var isFirst, out var go);
        isFirst.GetAwaiter().GetResult();
        Task[] others = [.. works.Skip(1).Select(work => WriteAsync(work, CancellationToken.None))];
        go();
        return [first, .. others];
    }

    private Task Together(params Action<PooledConnection>[] works) => Task.WhenAll(Begin(works));

    private Task Write(Action<PooledConnection> work, out Task isAtWork, out Action go)
    {
        var (begun, released) = (new TaskCompletionSource(), new TaskCompletionSource());
        (isAtWork, go) = (begun.Task, released.SetResult);
        return RunAsync(
            async connection =>
            {
                begun.SetResult();
                await released.Task;
                work(connection);
            },
            CancellationToken.None
        );
    }

    private Task WriteAsync(Action<PooledConnection> work, CancellationToken cancellationToken) =>
        RunAsync(
            connection =>
            {
                work(connection);
                return Task.CompletedTask;
            },
            cancellationToken
        );

    private async Task RunAsync(Func<PooledConnection, Task> work, CancellationToken cancellationToken)
    {
        await using var connection = new PooledConnection(_pool);
        connection.Open();
        await connection.WriteAsync(
            async () =>
            {
                _groups.Enqueue(connection.Group!);
                await work(connection);
                return 0;
            },
            cancellationToken
        );
    }

    private long Count() => long.Parse(Read("SELECT COUNT(*) FROM T"), null);

    private string Stored() => Read("SELECT COALESCE(GROUP_CONCAT(A), '') FROM (SELECT A FROM T ORDER BY A)");

    private string Read(string text)
    {
        using var connection = new SqliteConnection(_pool.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = text;
        return $"{command.ExecuteScalar()}";
    }

    private static void Insert(DbConnection connection, int number) =>
        Execute(connection, $"INSERT INTO T (A) VALUES ({number})");

    private static void Execute(DbConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

    /// <summary>Lets a test act when a transaction has failed to begin or to end, on the thread that has tried.</summary>
    private sealed class Failures : IDatabaseObserver
    {
        private int _count;

        public Action<int>? OnFailure { get; set; }

        public void RecordFailedOpen(TimeSpan duration, Exception failure) { }

        public void RecordTransaction(string text, TimeSpan duration, Exception? failure)
        {
            if (failure is not null)
            {
                OnFailure?.Invoke(++_count);
            }
        }
    }
}

using System.Data.Common;
using Fitnessify.Infrastructure.Persistence.Sqlite;
using Microsoft.Data.Sqlite;

namespace Fitnessify.WebApi.Tests.Faults;

/// <summary>The database fails while the server runs. No failure loses a write, and none requires a restart.</summary>
public sealed class DatabaseTests : IAsyncDisposable
{
    private const int CannotOpen = 14;
    private const string Ready = "/health/ready";
    private const string Unavailable = "503 service_unavailable";

    private static readonly string LongTask = $$"""{"title":"Run","description":"{{new string('x', 4000)}}"}""";

    private readonly Faults _faults = new();
    private Api _api = null!;
    private ApiClient _client = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _api = _faults.Start();
        _client = await _api.SignedInAsync();
    }

    public async ValueTask DisposeAsync() => await _api.DisposeAsync();

    [Test]
    public async Task An_unreachable_database_causes_retryable_errors_until_it_is_back()
    {
        var task = await _client.CreatedAsync();
        _faults.Opening = () => throw new SqliteException("out of reach", CannotOpen);
        var unreachable = await OutcomesAsync(task.Path());
        using var ready = await _api.Anonymous().GetAsync(Ready);
        var isReady = await ready.OutcomeAsync();
        var lives = await TaskCalls.OutcomeOfAsync(_api.Anonymous().GetAsync("/health/live"));
        _faults.Opening = () => { };
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(unreachable, Is.All.EqualTo(Unavailable));
            Assert.That(isReady, Is.EqualTo(Unavailable));
            Assert.That(ready.Header("Retry-After"), Does.Match("^[1-9][0-9]*$"));
            Assert.That(lives, Is.EqualTo("200"));
            Assert.That(await OutcomesAsync(task.Path()), Is.EqualTo((string[])["200", "200", "201", "200"]));
            Assert.That(await TaskCalls.OutcomeOfAsync(_api.Anonymous().GetAsync(Ready)), Is.EqualTo("200"));
        });
    }

    [Test]
    public async Task A_locked_database_delays_writes_but_not_reads()
    {
        await using var another = new SqliteConnection(_api.ConnectionString);
        await another.OpenAsync();
        Execute(another, "BEGIN IMMEDIATE");

        var write = TaskCalls.OutcomeOfAsync(_client.PostRawAsync(TaskCalls.Tasks, LongTask));
        for (var read = 0; read < 100; read++)
        {
            Assert.That(await TaskCalls.OutcomeOfAsync(_client.GetAsync(TaskCalls.Tasks)), Is.EqualTo("200"));
        }

        Assert.That(write.IsCompleted, Is.False);
        Execute(another, "ROLLBACK");

        Assert.That(await write, Is.EqualTo("201"));
    }

    [Test]
    public async Task A_full_disk_refuses_writes_but_keeps_reads_and_all_acknowledged_data()
    {
        // The file may not grow beyond its current size.
        SetForWrites("PRAGMA max_page_count = 1");
        var acknowledged = 0;
        var outcome = "201";
        while (outcome == "201" && acknowledged < 1000)
        {
            outcome = await TaskCalls.OutcomeOfAsync(_client.PostRawAsync(TaskCalls.Tasks, LongTask));
            acknowledged += outcome == "201" ? 1 : 0;
        }

        Assert.That(outcome, Is.EqualTo(Unavailable));
        Assert.That(
            (await _client.TitlesAsync("?limit=200")).Split(' ').Count(title => title == "Run"),
            Is.EqualTo(acknowledged)
        );

        SetForWrites("PRAGMA max_page_count = 1073741823");
        await _client.CreatedAsync(LongTask);
    }

    [Test]
    public async Task A_read_only_disk_refuses_writes_but_keeps_reads()
    {
        SetForWrites("PRAGMA query_only = ON");
        var write = await TaskCalls.OutcomeOfAsync(_client.PostRawAsync(TaskCalls.Tasks, LongTask));
        var login = await TaskCalls.OutcomeOfAsync(_api.Anonymous().LoginAsync(_client.Person.Username));
        var read = await TaskCalls.OutcomeOfAsync(_client.GetAsync(TaskCalls.Tasks));
        SetForWrites("PRAGMA query_only = OFF");
        Assert.That((string[])[write, login, read], Is.EqualTo((string[])[Unavailable, Unavailable, "200"]));
        await _client.CreatedAsync(LongTask);
    }

    [Test]
    public async Task A_slow_write_delays_no_read_and_the_next_write_only_until_it_ends()
    {
        var (isHeld, goOn) = (
            new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously),
            new TaskCompletionSource()
        );
        _faults.Executing = async command =>
        {
            if (Commands.Updates(command, "ChangeCounters"))
            {
                isHeld.TrySetResult();
                await goOn.Task;
            }
        };
        var slow = TaskCalls.OutcomeOfAsync(_client.PostRawAsync(TaskCalls.Tasks, LongTask));
        await isHeld.Task;
        var next = TaskCalls.OutcomeOfAsync(_client.PostRawAsync(TaskCalls.Tasks, LongTask));
        var read = await TaskCalls.OutcomeOfAsync(_client.GetAsync(TaskCalls.Tasks));
        Assert.That(read, Is.EqualTo("200"));
        Assert.That(slow.IsCompleted || next.IsCompleted, Is.False);
        goOn.SetResult();

        Assert.That(await Task.WhenAll(slow, next), Is.All.EqualTo("201"));
    }

    // The commands are two reads, a write and a sign-in.
    private async Task<string[]> OutcomesAsync(string task) =>
        [
            await TaskCalls.OutcomeOfAsync(_client.GetAsync(TaskCalls.Tasks)),
            await TaskCalls.OutcomeOfAsync(_client.GetAsync(task)),
            await TaskCalls.OutcomeOfAsync(_client.PostRawAsync(TaskCalls.Tasks, LongTask)),
            await TaskCalls.OutcomeOfAsync(_api.Anonymous().LoginAsync(_client.Person.Username)),
        ];

    private void SetForWrites(string pragma) =>
        _faults.Executing = command =>
        {
            if (command.Connection is PooledConnection { Group: not null } writer)
            {
                Execute(writer, pragma);
            }

            return Task.CompletedTask;
        };

    private static void Execute(DbConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}

using Fitnessify.Application.Notifications;
using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Tests.Notifications;
using Microsoft.Data.Sqlite;
using static Fitnessify.Infrastructure.Tests.Tasks.TaskRequests;

namespace Fitnessify.Infrastructure.Tests.Tasks;

/// <summary>
/// What a server leaves on the disk when it is killed while it completes a task that repeats: the task done and the next one there, or
/// neither. The files of SQLite are copied at each statement, and the log is cut where a write can have ended.
/// </summary>
public sealed class SeriesKillTests : IAsyncDisposable
{
    private static readonly TaskPatch Done = Nothing with { Status = new(TaskItemStatus.Done) };

    private TestDatabase _database = null!;
    private Instance _server = null!;
    private int _copies;

    [SetUp]
    public async Task Start()
    {
        _database = await TestDatabase.MigratedSqliteAsync();
        _server = _database.Start();
        await _server.SignInNewUserAsync();
        _server.Clock.AdjustTime(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    [TestCase("patch")]
    [TestCase("put")]
    [TestCase("batch")]
    [TestCase("atomic batch")]
    [TestCase("notification")]
    public async Task A_kill_leaves_the_task_done_and_the_next_one_or_neither(string way)
    {
        var task = await CreateAsync();
        var notification = await NotifyAsync();
        List<string> left = [];
        _server.Commands.Before = _ =>
        {
            left.Add(WhatIsLeft(Copy()));
            return Task.CompletedTask;
        };

        var error = way switch
        {
            "patch" => (await _server.PatchAsync(task.Id, Done)).Error,
            "put" => (
                await _server.PutAsync(
                    task.Id,
                    new TaskInput(
                        "Stretch",
                        Status: TaskItemStatus.Done,
                        Due: new("2026-03-02", "07:00"),
                        Recurrence: new("FREQ=DAILY")
                    )
                )
            ).Error,
            "notification" => (await _server.SendAsync(new CompleteNotificationCommand(notification))).Error,
            _ => (
                await _server.SendAsync(
                    new BatchTasksCommand([Operation(TaskOperationKind.Patch, task.Id, Done)], way == "atomic batch")
                )
            ).Error,
        };

        _server.Commands.Before = null;
        Assert.That(error, Is.Null);
        Assert.That(left, Has.Count.GreaterThanOrEqualTo(4).And.All.EqualTo("neither"));
        Assert.That(WhatIsLeft(Copy()), Is.EqualTo("both"));
        Assert.That(CutLogs(Copy()).Select(WhatIsLeft).Distinct(), Is.EquivalentTo(["neither", "both"]));
    }

    private async Task<TaskDto> CreateAsync() =>
        await _server.CreateAsync(
            new TaskInput("Stretch", Due: new("2026-03-02", "07:00"), Recurrence: new("FREQ=DAILY"))
        );

    private async Task<Guid> NotifyAsync()
    {
        await _server.ScanAsync();
        var notifications = await _server.NotificationsAsync(_server.Caller.Session!.OwnerId);
        // From here on the log has only what follows.
        await using var connection = new SqliteConnection(_database.ConnectionString);
        await connection.OpenAsync();
        await using var checkpoint = connection.CreateCommand();
        checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        await checkpoint.ExecuteNonQueryAsync();
        return notifications.Single().Id;
    }

    private string Copy()
    {
        var copy = NewFile();
        File.Copy(_database.File, copy);
        if (File.Exists($"{_database.File}-wal"))
        {
            File.Copy($"{_database.File}-wal", $"{copy}-wal");
        }

        return copy;
    }

    private IEnumerable<string> CutLogs(string file)
    {
        var log = File.ReadAllBytes($"{file}-wal");
        for (var cut = 0; cut < 40; cut++)
        {
            var copy = NewFile();
            File.Copy(_database.File, copy);
            File.WriteAllBytes($"{copy}-wal", log[..(int)((long)log.Length * cut / 39)]);
            yield return copy;
        }
    }

    private string NewFile() => Path.Combine(_database.Folder, $"copy{_copies++}.db");

    private static string WhatIsLeft(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT
              (SELECT COUNT(*) FROM "Tasks" WHERE "Occurrence" = '2026-03-02' AND "CompletedAt" IS NOT NULL AND "NextOccurrence" = '2026-03-03'),
              (SELECT COUNT(*) FROM "Tasks" WHERE "Occurrence" = '2026-03-03'),
              (SELECT "TaskCount" FROM "ChangeCounters")
            """;
        using var reader = command.ExecuteReader();
        reader.Read();
        return (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2)) switch
        {
            (0, 0, 1) => "neither",
            (1, 1, 2) => "both",
            var (done, next, count) => $"{done} done, {next} next, {count} counted",
        };
    }
}

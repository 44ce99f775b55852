using System.Globalization;
using Fitnessify.Client;

namespace Fitnessify.Clients.Tests;

/// <summary>Edits with two apps of one user while connections fail and apps and the server are killed, and compares all in the end.</summary>
public sealed class OfflineFaultTests
{
    private const int Steps = 250;
    private const int StepsUntilRestart = 100;
    private const int Lists = 3;
    private static readonly DateOnly Start = new(2030, 1, 1);

    // What the user has done to tasks, whatever has become of it by now.
    private readonly Dictionary<Guid, WantedTask> _wanted = [];
    private readonly HashSet<Guid> _completed = [];
    private readonly List<UnreliableApp> _apps = [];
    private int _writes;
    private Random _random = null!;
    private string _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("fitnessify-").FullName;

    [TearDown]
    public async Task CloseAsync()
    {
        foreach (var app in _apps)
        {
            await app.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task Two_apps_and_the_server_end_equal_after_edits_faults_kills_and_restarts()
    {
        var seed = Environment.GetEnvironmentVariable("FITNESSIFY_OFFLINE_SEED") is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : Random.Shared.Next();
        await TestContext.Progress.WriteLineAsync($"FITNESSIFY_OFFLINE_SEED={seed}");
        _random = new Random(seed);
        await using var server = await Server.StartAsync();
        using var direct = await server.SignUpAsync();
        var username = (await direct.Api.Users.GetMeAsync()).Username;
        foreach (var name in new[] { "phone", "tablet" })
        {
            var path = Path.Combine(_folder, name);
            _apps.Add(await UnreliableApp.OpenAsync(path, server.Address, username, seed + _apps.Count));
        }

        for (var step = 0; step < Steps; step++)
        {
            var app = Pick(_apps)!;
            await EditAsync(app, step);
            await DisturbAsync(app);
            if (step % StepsUntilRestart == StepsUntilRestart - 1)
            {
                _apps.ForEach(each => each.StartSync());
                await Task.Delay(_random.Next(50));
                await server.RestartAsync();
            }
        }

        foreach (var app in _apps.Concat(_apps))
        {
            await app.FinishAsync();
        }

        await AssertAsync(direct);
    }

    private async Task EditAsync(UnreliableApp app, int step)
    {
        var (replica, kind) = (app.Replica, _random.NextDouble());
        var lists = replica.GetLists();
        var task = Pick([.. replica.GetTasks().Where(one => _wanted.ContainsKey(one.Id))]);
        var edit = kind switch
        {
            < 0.03 when lists.Count < Lists => replica.CreateListAsync(new() { Name = $"List {step}" }),
            < 0.05 when lists.Count > 0 => replica.PatchListAsync(Pick(lists)!.Id, new() { Name = $"Renamed {step}" }),
            < 0.15 => CreateAsync(
                replica,
                new()
                {
                    Title = $"Task {step}",
                    ListId = Pick(lists)?.Id,
                    Labels = ["new"],
                }
            ),
            < 0.18 => CreateSeriesAsync(replica, $"Series {step}"),
            < 0.3 => CompleteAsync(replica),
            < 0.6 when task is not null => RenameAsync(app, task, $"Changed {step}"),
            < 0.75 when task is not null => AddItemAsync(app, task.Id, step),
            < 0.85 when task is { SeriesId: null } => DeleteAsync(app, task.Id),
            _ => null,
        };
        if (edit is null)
        {
            return;
        }

        try
        {
            await edit;
            _writes++;
        }
        catch (OfflineException refusal) when (refusal.Reason == OfflineErrorReason.NotFound)
        {
            // The sync of the app has just learned of a deletion.
        }
    }

    private async Task DisturbAsync(UnreliableApp app)
    {
        var kind = _random.NextDouble();
        if (kind < 0.3)
        {
            app.StartSync();
        }

        switch (kind)
        {
            case < 0.06:
                await app.KillDuringSyncAsync(_random.Next(3));
                break;
            case < 0.08:
                await app.KillAsync();
                break;
            case < 0.2:
                await app.Syncing;
                break;
        }

        if (app.Syncing.IsCompleted)
        {
            AssertBased(app.Replica);
        }
    }

    private async Task CreateAsync(OfflineReplica replica, TaskInput input)
    {
        var task = await replica.CreateTaskAsync(input);
        _wanted[task.Id] = new WantedTask(task.Title);
    }

    private Task CreateSeriesAsync(OfflineReplica replica, string title) =>
        CreateAsync(
            replica,
            new()
            {
                Title = title,
                Due = new() { Date = DayOf(0) },
                Recurrence = new() { Rule = "FREQ=DAILY" },
            }
        );

    private Task? CompleteAsync(OfflineReplica replica)
    {
        var open = replica.GetTasks().Where(task => task is { Recurrence: not null, Status: TaskItemStatus.Todo });
        return Pick([.. open]) is { } task ? CompleteAsync(replica, task.Id) : null;
    }

    private async Task CompleteAsync(OfflineReplica replica, Guid id)
    {
        await replica.PatchTaskAsync(id, new() { Status = TaskItemStatus.Done });
        _completed.Add(id);
    }

    private async Task RenameAsync(UnreliableApp app, TaskDto shown, string title)
    {
        await app.Replica.PatchTaskAsync(shown.Id, new() { Title = title });
        // The sync may have sent it already.
        var change = app.Replica.Changes.LastOrDefault(of => of.Id == shown.Id);
        _wanted[shown.Id].Rename(app, shown.Title, title, change?.Base<TaskDto>()?.Title);
    }

    private async Task AddItemAsync(UnreliableApp app, Guid id, int step)
    {
        var item = new ChecklistItemPatch { Title = $"Step {step}" };
        var items = new Dictionary<string, ChecklistItemPatch?> { [$"step-{step}"] = item };
        await app.Replica.PatchTaskAsync(id, new() { Checklist = items });
        _wanted[id].AddItem(app, $"step-{step}");
    }

    private async Task DeleteAsync(UnreliableApp app, Guid id)
    {
        await app.Replica.DeleteTaskAsync(id);
        _wanted[id].Delete(app);
    }

    // A change without a base would overwrite what others have written meanwhile.
    private void AssertBased(OfflineReplica replica)
    {
        var changes = replica.Changes.Where(change => _wanted.ContainsKey(change.Id)).DistinctBy(change => change.Id);
        foreach (var first in changes.Where(change => change.Op == OfflineOperation.Patch))
        {
            var isBased = first.Base<TaskDto>() is not null || replica.GetTask(first.Id) is null;
            Assert.That(isBased, $"Change {first.Sequence} has no base.");
        }
    }

    private async Task AssertAsync(FitnessifySession direct)
    {
        var (tasks, lists) = (await direct.TasksAsync().ToListAsync(), (await direct.Api.Lists.ListAsync()).Items);
        foreach (var app in _apps)
        {
            Assert.That(app.Replica.Changes, Is.Empty);
            OfflineData.AssertEqual(app.Replica, tasks, lists);
        }

        foreach (var (id, wanted) in _wanted)
        {
            wanted.AssertIs(tasks.Find(task => task.Id == id), [.. _apps.Where(app => app.Conflicts.Contains(id))]);
        }

        var done = tasks.Where(task => task.Status == TaskItemStatus.Done).Select(task => task.Id);
        Assert.That(done, Is.EquivalentTo(_completed));
        foreach (var series in tasks.Where(task => task.SeriesId is not null).GroupBy(task => task.SeriesId))
        {
            var members = series.OrderBy(task => task.Occurrence, StringComparer.Ordinal).ToArray();
            Assert.That(members.Select(task => task.Occurrence), Is.EqualTo(members.Select((_, day) => DayOf(day))));
            Assert.That(members.Count(task => task.Status == TaskItemStatus.Todo), Is.EqualTo(1));
            Assert.That(members[^1].Status, Is.EqualTo(TaskItemStatus.Todo));
        }

        // Each change of the user's data has the next number, so that what is applied twice leaves a number too high. The server makes
        // further ones for each task that it adds to a series, and that it restores.
        var changes = (await direct.CreateTaskAsync(new() { Title = "The last one" })).Version - 1;
        var restored = _apps.Sum(app => app.Restored);
        await TestContext.Progress.WriteLineAsync(
            $"{_writes} writes, {_completed.Count} completed, {restored} restored, {changes} changes; "
                + string.Join("; ", _apps)
        );
        Assert.That(changes, Is.LessThanOrEqualTo(_writes + _completed.Count + restored));
        // Most seeds have torn writes and conflicts as well, but none has to.
        Assert.That(_apps.Select(app => app.Kills), Is.All.GreaterThan(0));
        Assert.That(_apps.Select(app => app.Faults), Is.All.GreaterThan(10));
    }

    private static string DayOf(int number) =>
        Start.AddDays(number).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private T? Pick<T>(IReadOnlyList<T> of) => of.Count > 0 ? of[_random.Next(of.Count)] : default;
}

using System.Collections.Concurrent;
using System.Text.Json;
using Fitnessify.Client;

namespace Fitnessify.Clients.Tests;

/// <summary>A run of one shared scenario with a user of its own, who has a phone and a tablet.</summary>
internal sealed class OfflineScenario(JsonElement scenario) : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fitnessify-").FullName;
    private readonly ConcurrentDictionary<string, Guid> _ids = [];
    private readonly Dictionary<string, OfflineApp> _apps = [];
    private readonly List<(string On, OfflineConflict Conflict)> _conflicts = [];

    public async Task RunAsync()
    {
        using var direct = await SharedServer.Instance.SignUpAsync();
        var username = (await direct.Api.Users.GetMeAsync()).Username;
        foreach (var name in new[] { "phone", "tablet" })
        {
            var options = new OfflineOptions { OnConflict = ResolverOf(name) };
            IOfflineStore store =
                name == "phone" ? new FileOfflineStore(Path.Combine(_folder, name)) : new MemoryOfflineStore();
            _apps[name] = await OfflineApp.OpenAsync(SharedServer.Instance.Address, username, options, store);
        }

        foreach (var step in scenario.GetProperty("steps").EnumerateArray())
        {
            await TakeAsync(step, _apps[step.GetProperty("on").GetString()!]);
        }

        foreach (var app in _apps.Values.Concat(_apps.Values))
        {
            await app.Replica.SyncAsync();
        }

        var (tasks, lists) = (await OfflineData.TasksAsync(direct), (await direct.Api.Lists.ListAsync()).Items);
        foreach (var app in _apps.Values)
        {
            Assert.That(app.Replica.Changes, Is.Empty);
            OfflineData.AssertEqual(app.Replica, tasks, lists);
        }

        AssertAll("tasks", tasks.ToDictionary(task => task.Id, ToJson));
        AssertAll("lists", lists.ToDictionary(list => list.Id, ToJson));
        AssertConflicts();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var app in _apps.Values)
        {
            await app.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task TakeAsync(JsonElement step, OfflineApp app)
    {
        var replica = app.Replica;
        var id = step.TryGetProperty("ref", out var name) ? IdOf(name.GetString()!) : Guid.Empty;
        var rejected = replica.Changes.FirstOrDefault(change => change.Id == id && change.Problem is not null);
        switch (step.GetProperty("do").GetString())
        {
            case "createTask":
                await replica.CreateTaskAsync(Read<TaskInput>(step.GetProperty("input")), id);
                break;
            case "createList":
                await replica.CreateListAsync(Read<ListInput>(step.GetProperty("input")), id);
                break;
            case "patchTask":
                await replica.PatchTaskAsync(id, Read<TaskPatch>(step.GetProperty("patch")));
                break;
            case "patchList":
                await replica.PatchListAsync(id, Read<ListPatch>(step.GetProperty("patch")));
                break;
            case "deleteTask":
                await replica.DeleteTaskAsync(id);
                break;
            case "deleteList":
                await replica.DeleteListAsync(id);
                break;
            case "sync" when step.TryGetProperty("lose", out var lost):
                await SyncUntilAsync(app, lost.GetInt32(), isLost: true);
                break;
            case "sync" when step.TryGetProperty("cut", out var cut):
                await SyncUntilAsync(app, cut.GetInt32(), isLost: false);
                break;
            case "sync":
                await replica.SyncAsync();
                break;
            case "kill":
                await app.KillAsync();
                break;
            case "expect" when step.TryGetProperty("kind", out var kind) && kind.GetString() == "list":
                AssertMatches(ToJson(replica.GetList(id)), step.GetProperty("item"), $"{name}");
                break;
            case "expect":
                AssertMatches(ToJson(replica.GetTask(id)), step.GetProperty("item"), $"{name}");
                break;
            case "pending":
                Assert.That(replica.Changes, Has.Count.EqualTo(step.GetProperty("count").GetInt32()));
                break;
            case "rejected":
                Assert.That(rejected, Is.Not.Null, $"{name}");
                var code = step.GetProperty("code").GetString()!.Replace("_", "", StringComparison.Ordinal);
                Assert.That(rejected!.Problem!.Code.ToString(), Is.EqualTo(code).IgnoreCase);
                break;
            case "retry":
                await RetryAsync(replica, rejected!, step.GetProperty("body"));
                break;
            case "discard":
                await replica.DiscardAsync(rejected!.Sequence);
                break;
            case var unknown:
                Assert.Fail($"Unknown step {unknown}");
                break;
        }
    }

    private Task RetryAsync(OfflineReplica replica, OfflineChange change, JsonElement body) =>
        (change.Kind, change.Op) switch
        {
            (ChangeKind.Task, OfflineOperation.Create) => replica.RetryAsync(change.Sequence, Read<TaskInput>(body)),
            (ChangeKind.Task, _) => replica.RetryAsync(change.Sequence, Read<TaskPatch>(body)),
            (_, OfflineOperation.Create) => replica.RetryAsync(change.Sequence, Read<ListInput>(body)),
            _ => replica.RetryAsync(change.Sequence, Read<ListPatch>(body)),
        };

    // There is no connection after the last writing request, whose answer may be lost as well.
    private static async Task SyncUntilAsync(OfflineApp app, int last, bool isLost)
    {
        var writes = 0;
        app.Line.Loses = call =>
            !call.StartsWith("GET", StringComparison.Ordinal)
            && !call.EndsWith("/refresh", StringComparison.Ordinal)
            && ++writes == last
            && isLost;
        app.Line.Before = call => writes < last ? null : throw new HttpRequestException($"No connection for {call}");
        Assert.That(() => app.Replica.SyncAsync(), Throws.TypeOf<ConnectionException>());
        Assert.That(writes, Is.EqualTo(last));
        (app.Line.Loses, app.Line.Before) = (_ => false, _ => null);
    }

    private Func<OfflineConflict, CancellationToken, Task<OfflineResolution>>? ResolverOf(string name)
    {
        if (!scenario.TryGetProperty("resolutions", out var all) || !all.TryGetProperty(name, out var answers))
        {
            return null;
        }

        var next = 0;
        return (conflict, _) =>
        {
            _conflicts.Add((name, conflict));
            Assert.That(next, Is.LessThan(answers.GetArrayLength()), "There is a conflict more than expected.");
            var answer = answers[next++];
            return Task.FromResult(
                answer.ValueKind == JsonValueKind.String
                    ? answer.GetString() == "mine"
                        ? OfflineResolution.Mine
                        : OfflineResolution.Theirs
                    : conflict is TaskConflict
                        ? OfflineResolution.Patch(Read<TaskPatch>(answer))
                        : OfflineResolution.Patch(Read<ListPatch>(answer))
            );
        };
    }

    private void AssertAll(string kind, Dictionary<Guid, JsonElement> stored)
    {
        var expected = scenario.GetProperty(kind).EnumerateObject().ToArray();
        Assert.That(stored.Keys, Is.EquivalentTo(expected.Select(of => IdOf(of.Name))));
        foreach (var item in expected)
        {
            AssertMatches(stored[IdOf(item.Name)], item.Value, item.Name);
        }
    }

    private void AssertConflicts()
    {
        if (!scenario.TryGetProperty("conflicts", out var expected))
        {
            return;
        }

        var all = expected.EnumerateArray().ToArray();
        Assert.That(_conflicts.Select(of => of.On), Is.EqualTo(all.Select(of => of.GetProperty("on").GetString())));
        foreach (var ((_, conflict), wanted) in _conflicts.Zip(all))
        {
            Assert.That(conflict.Id, Is.EqualTo(IdOf(wanted.GetProperty("ref").GetString()!)));
            var actual = conflict is TaskConflict task ? ToJson(task) : ToJson((ListConflict)conflict);
            foreach (var side in new[] { "base", "mine", "theirs" })
            {
                AssertMatches(
                    actual.GetProperty(string.Concat(side[..1].ToUpperInvariant(), side.AsSpan(1))),
                    wanted.GetProperty(side),
                    side
                );
            }
        }
    }

    private Guid IdOf(string name)
    {
        var parts = name.Split('@');
        var id = _ids.GetOrAdd(parts[0], _ => Guid.NewGuid());
        return parts.Length > 1 ? Recurrences.SuccessorId(id, parts[1]) : id;
    }

    private T Read<T>(JsonElement json) => JsonSerializer.Deserialize<T>(OfflineData.Fill(json, IdOf))!;

    // Members of an expected item must be there; others may be. A checklist has no other items.
    private void AssertMatches(JsonElement actual, JsonElement expected, string name) =>
        OfflineData.AssertMatches(actual, JsonSerializer.SerializeToElement(OfflineData.Fill(expected, IdOf)), name);

    private static JsonElement ToJson<T>(T value) => JsonSerializer.SerializeToElement(value);
}

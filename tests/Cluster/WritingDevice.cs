using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fitnessify.Domain.Tasks;

namespace Fitnessify.Cluster;

/// <summary>What the server has acknowledged of a task or list.</summary>
/// <param name="Content">The task or list as it was last answered.</param>
/// <param name="IsDeleted">Whether it was deleted since.</param>
/// <param name="Version">The version of the last answer; null when it had none.</param>
/// <param name="IsGuests">Whether a guest had that answer.</param>
internal sealed record Acknowledged(JsonObject Content, bool IsDeleted, long? Version, bool IsGuests);

/// <summary>
/// A device that writes at random, remembers what was acknowledged, repeats what was not, and syncs at times. No other device
/// writes to its tasks and lists, so that it knows what they are like.
/// </summary>
internal sealed class WritingDevice(LossyDevice calls, Random random)
{
    private static readonly DateOnly FirstDay = new(2040, 1, 1);

    private readonly List<(Guid Id, DateOnly Open)> _series = [];

    // The tasks of a deleted list follow it within seconds; until then, what an answer says about them depends on the moment.
    private readonly HashSet<Guid> _following = [];

    private bool _isSyncedAsGuest;

    /// <summary>Gets the token that the device had as a guest; null if it was none.</summary>
    public string? GuestToken
    {
        get;
        set => (field, _isSyncedAsGuest) = (value, value is not null);
    }

    public LossyDevice Calls => calls;

    public Dictionary<Guid, Acknowledged> Tasks { get; } = [];

    public Dictionary<Guid, Acknowledged> Lists { get; } = [];

    public SyncedState Synced { get; private set; } = new();

    /// <summary>Gets the task that is overdue from its beginning and stays so.</summary>
    public Guid Overdue { get; private set; }

    public IReadOnlyList<(Guid Id, DateOnly Open)> Series => _series;

    /// <summary>Gets the highest version that the account has answered with.</summary>
    public long MaxVersion { get; private set; }

    /// <summary>Creates what each device begins with.</summary>
    public async Task BeginAsync()
    {
        Overdue = NextId();
        var body = NewTask();
        body["dueAt"] = "1970-01-01T00:00:00.000Z";
        await PutAsync(Overdue, body, 201);
        await BeginSeriesAsync();
    }

    /// <summary>Does one thing at random.</summary>
    public async Task NextAsync()
    {
        switch (random.Next(100))
        {
            case < 18:
                await PutAsync(NextId(), NewTask(), 201);
                break;
            case < 26:
                // The server chooses the id, so that a lost answer would look like a lost request.
                var (posted, _) = await SendAsync(HttpMethod.Post, TaskCalls.Tasks, NewTask(), canLose: false);
                Keep(Tasks, posted, Expect(posted, "201"));
                break;
            case < 36 when AnyTask(isDeleted: null) is { } id:
                await PutAsync(id, NewTask(), 200);
                break;
            case < 50 when AnyTask(isDeleted: false) is { } id:
                await PatchAsync(id, Change());
                break;
            case < 58 when AnyTask(isDeleted: false) is { } id:
                await DeleteAsync(Tasks, TaskCalls.Tasks, id);
                break;
            case < 63 when AnyTask(isDeleted: true) is { } id:
                var (restored, _) = await SendAsync(HttpMethod.Post, $"{TaskCalls.Tasks}/{id}/restore");
                Keep(Tasks, restored, Expect(restored, "200"));
                break;
            case < 71:
                await BatchAsync();
                break;
            case < 75:
                var (list, isRepeated) = await SendAsync(
                    HttpMethod.Put,
                    $"{ListCalls.Lists}/{NextId()}",
                    new JsonObject { ["name"] = NextText() }
                );
                Keep(Lists, list, Expect(list, "201", isRepeated ? "200" : "201"));
                break;
            case < 78 when AnyList() is { } id:
                var (named, _) = await SendAsync(
                    HttpMethod.Patch,
                    $"{ListCalls.Lists}/{id}",
                    new JsonObject { ["name"] = NextText() }
                );
                Keep(Lists, named, Expect(named, "200"));
                break;
            case < 80 when AnyList() is { } id:
                await DeleteAsync(Lists, ListCalls.Lists, id);
                FollowList(id);
                break;
            case < 82:
                await BeginSeriesAsync();
                break;
            case < 92 when _series.Count > 0:
                await CloseAsync(random.Next(_series.Count));
                break;
            default:
                await SyncPageAsync(random.Next(1, 30));
                break;
        }
    }

    /// <summary>Returns what a change of the title and more says.</summary>
    public JsonObject Change() => new() { ["title"] = NextText(), ["priority"] = NextPriority() };

    public async Task PatchAsync(Guid id, JsonObject change)
    {
        var (patched, _) = await SendAsync(HttpMethod.Patch, $"{TaskCalls.Tasks}/{id}", change);
        Keep(Tasks, patched, Expect(patched, "200"));
    }

    /// <summary>Reads a task, which counts as acknowledged.</summary>
    public async Task ReadAsync(Guid id)
    {
        var (read, _) = await SendAsync(HttpMethod.Get, $"{TaskCalls.Tasks}/{id}");
        Keep(Tasks, read, Expect(read, "200"));
    }

    /// <summary>Reads one page of changes.</summary>
    /// <returns>Whether there are more.</returns>
    public async Task<bool> SyncPageAsync(int limit)
    {
        var since = Synced.Token;
        var (page, _) = await SendAsync(HttpMethod.Get, SyncedState.Path(since, limit));
        if (!_isSyncedAsGuest || page.Token == GuestToken)
        {
            return Synced.Apply(Expect(page, "200"));
        }

        // The account knows nothing of the guest's tokens, so that the device begins again.
        Expect(page, since is null ? "200" : "400 invalid_sync_token");
        (Synced, _isSyncedAsGuest) = (new SyncedState(), false);
        return true;
    }

    private async Task BeginSeriesAsync()
    {
        var id = NextId();
        var body = NewTask();
        body["due"] = new JsonObject { ["date"] = Text(FirstDay) };
        body["recurrence"] = new JsonObject { ["rule"] = "FREQ=DAILY" };
        body["listId"] = null;
        await PutAsync(id, body, 201);
        _series.Add((id, FirstDay));
    }

    /// <summary>Closes the open task of a series, and reads the next one.</summary>
    private async Task CloseAsync(int number)
    {
        var (id, open) = _series[number];
        var status = random.Next(4) == 0 ? "cancelled" : "done";
        await PatchAsync(IdOf(id, open), new JsonObject { ["status"] = status });
        _series[number] = (id, open.AddDays(1));
        await ReadAsync(IdOf(id, open.AddDays(1)));
    }

    /// <summary>Records that the open task of a series was closed, and the next one is open.</summary>
    public async Task KeepClosedAsync(int number)
    {
        var (id, open) = _series[number];
        _series[number] = (id, open.AddDays(1));
        await ReadAsync(IdOf(id, open));
        await ReadAsync(IdOf(id, open.AddDays(1)));
    }

    public static Guid IdOf(Guid series, DateOnly date) => date == FirstDay ? series : Recurrence.IdOf(series, date);

    private async Task PutAsync(Guid id, JsonObject body, int expected)
    {
        var (put, isRepeated) = await SendAsync(HttpMethod.Put, $"{TaskCalls.Tasks}/{id}", body);
        Keep(Tasks, put, Expect(put, $"{expected}", isRepeated ? "200" : $"{expected}"));
    }

    private async Task DeleteAsync(Dictionary<Guid, Acknowledged> known, string path, Guid id)
    {
        var (deleted, isRepeated) = await SendAsync(HttpMethod.Delete, $"{path}/{id}");
        Expect(deleted, "204", isRepeated ? "404 not_found" : "204");
        known[id] = known[id] with { IsDeleted = true, Version = null };
    }

    private void FollowList(Guid id)
    {
        foreach (var (task, known) in Tasks.Where(task => (string?)task.Value.Content["listId"] == $"{id}").ToList())
        {
            _following.Add(task);
            if (!known.IsDeleted)
            {
                // Restored, it would be in the inbox.
                var content = known.Content.DeepClone().AsObject();
                content["listId"] = null;
                Tasks[task] = new Acknowledged(content, IsDeleted: true, null, known.IsGuests);
            }
        }
    }

    /// <summary>All of it is done or nothing.</summary>
    private async Task BatchAsync()
    {
        JsonArray operations = [];
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            operations.Add(
                new JsonObject
                {
                    ["op"] = "create",
                    ["id"] = $"{NextId()}",
                    ["task"] = NewTask(),
                }
            );
        }

        if (AnyTask(isDeleted: false) is { } patched)
        {
            operations.Add(
                new JsonObject
                {
                    ["op"] = "patch",
                    ["id"] = $"{patched}",
                    ["task"] = Change(),
                }
            );
        }

        var ids = operations.Select(operation => Guid.Parse((string)operation!["id"]!)).ToList();
        var (answer, isRepeated) = await SendAsync(
            HttpMethod.Post,
            TaskCalls.Batch,
            new JsonObject { ["atomic"] = true, ["operations"] = operations }
        );
        if (Expect(answer, "200", isRepeated ? "409 batch_failed" : "200") is { } body && answer.Status == 200)
        {
            foreach (var result in body.GetProperty("results").EnumerateArray())
            {
                Keep(Tasks, answer, result.GetProperty("task"));
            }

            return;
        }

        // What was created before is not created again, so that all of it has to be there.
        foreach (var id in ids)
        {
            await ReadAsync(id);
        }
    }

    private Task<(Reply Reply, bool IsRepeated)> SendAsync(
        HttpMethod method,
        string path,
        JsonNode? body = null,
        bool canLose = true
    ) => calls.SendAsync(method, path, body, canLose);

    private static JsonElement Expect(Reply reply, params string[] outcomes)
    {
        Assert.That(outcomes, Does.Contain(reply.Outcome), $"{reply.Body}");
        return reply.Body;
    }

    private void Keep(Dictionary<Guid, Acknowledged> known, Reply reply, JsonElement answer)
    {
        var version = answer.Version();
        if (reply.Token != GuestToken)
        {
            MaxVersion = Math.Max(MaxVersion, version);
        }

        known[answer.GetProperty("id").GetGuid()] = new Acknowledged(
            JsonObject.Create(answer)!,
            answer.TryGetProperty("deletedAt", out var deletedAt) && deletedAt.ValueKind != JsonValueKind.Null,
            version,
            reply.Token == GuestToken
        );
    }

    // Not the tasks of the series and the overdue one, which have to stay what they are.
    private Guid? AnyTask(bool? isDeleted) =>
        Any(
            Tasks.Where(task =>
                (isDeleted is null || task.Value.IsDeleted == isDeleted)
                && task.Key != Overdue
                && task.Value.Content["seriesId"] is null
                && !_following.Contains(task.Key)
            )
        );

    private Guid? AnyList() => Any(Lists.Where(list => !list.Value.IsDeleted));

    private Guid? Any(IEnumerable<KeyValuePair<Guid, Acknowledged>> known) =>
        known.Select(each => (Guid?)each.Key).ToArray() is { Length: > 0 } ids ? ids[random.Next(ids.Length)] : null;

    private JsonObject NewTask() =>
        new()
        {
            ["title"] = NextText(),
            ["description"] = random.Next(2) == 0 ? null : NextText(),
            ["priority"] = NextPriority(),
            ["labels"] = new JsonArray(NextText()),
            ["listId"] = random.Next(2) == 0 && AnyList() is { } list ? $"{list}" : null,
            ["checklist"] = new JsonObject
            {
                ["a"] = new JsonObject { ["title"] = NextText(), ["position"] = "V" },
            },
        };

    private string NextPriority() => random.Next(2) == 0 ? "high" : "low";

    private string NextText() => $"{random.NextInt64():x16}";

    private Guid NextId()
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

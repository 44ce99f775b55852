using System.Text.Json;

namespace Fitnessify.Chaos;

/// <summary>These requests change tasks. The model records the intended changes before a request, and its result afterwards.</summary>
internal sealed class TaskWrites(Account account, Caller caller, Tally tally, Random random)
{
    private static readonly DateTimeOffset Overdue = DateTimeOffset.UnixEpoch;

    public Task CreateAsync() =>
        WriteAsync(HttpMethod.Post, "tasks", 201, Change.Of(null, out var body), WithDueAt(body));

    public Task PutAsync(Guid id, int expected) =>
        WriteAsync(HttpMethod.Put, $"tasks/{id}", expected, Change.Of(id, out var body), body);

    public Task PatchAsync(Guid id) =>
        WriteAsync(HttpMethod.Patch, $"tasks/{id}", 200, Change.Of(id, out var body), body);

    public Task DeleteAsync(Guid id) => WriteAsync(HttpMethod.Delete, $"tasks/{id}", 204, DeletionOf(id));

    public Task RestoreAsync(Guid id) =>
        WriteAsync(
            HttpMethod.Post,
            $"tasks/{id}/restore",
            200,
            new Change(id, account.Tasks[id] with { IsDeleted = false, Version = 0 })
        );

    public async Task BatchAsync(bool isAtomic)
    {
        List<Change> changes = [];
        List<object> operations = [];
        var chosen = account.Tasks.Where(task => !task.Value.IsDeleted).Select(task => task.Key).ToArray();
        random.Shuffle(chosen);
        foreach (var id in chosen.Take(random.Next(4)))
        {
            var isDeletion = random.Next(3) == 0;
            changes.Add(isDeletion ? DeletionOf(id) : Change.Of(id, out _));
            var stamp = changes[^1].After.Stamp;
            operations.Add(
                isDeletion
                    ? new { op = "delete", id }
                    : (object)
                        new
                        {
                            op = "patch",
                            id,
                            task = Change.Body(stamp),
                        }
            );
        }

        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var id = Guid.NewGuid();
            changes.Add(Change.Of(id, out var task));
            operations.Add(
                new
                {
                    op = "create",
                    id,
                    task,
                }
            );
        }

        account.Flight = new Flight(changes, isAtomic);
        var answer = await caller.SendAsync(
            HttpMethod.Post,
            "tasks/batch",
            account.AccessToken,
            new { atomic = isAtomic, operations }
        );
        if (answer.Status != 200)
        {
            RecordRefusal($"batch: {answer.Status} {answer.Code}");
            return;
        }

        var results = answer.Body.GetProperty("results").EnumerateArray();
        var before = account.MaxVersion;
        foreach (var (change, result) in changes.Zip(results))
        {
            if (result.GetProperty("status").GetInt32() < 300)
            {
                Apply(change, result.GetProperty("task"), before, "batch");
            }
            else
            {
                tally.RecordLost($"batch: {result}");
            }
        }

        account.Flight = null;
    }

    private async Task WriteAsync(HttpMethod method, string path, int expected, Change change, object? body = null)
    {
        account.Flight = new Flight([change], IsAtomic: true);
        var answer = await caller.SendAsync(method, path, account.AccessToken, body);
        if (answer.Status == expected)
        {
            Apply(change, answer.Body, account.MaxVersion, path);
            account.Flight = null;
        }
        else
        {
            RecordRefusal($"{method} {path}: {answer.Status} {answer.Code}");
        }
    }

    private void RecordRefusal(string request)
    {
        // All requests are valid, so that a refusal means that a task was lost.
        tally.RecordLost(request);
        account.Flight = null;
    }

    private void Apply(Change change, JsonElement task, long before, string request)
    {
        var known = change.After;
        var id = change.Id ?? Guid.Empty;
        if (task.ValueKind == JsonValueKind.Object)
        {
            (id, known) = (task.GetProperty("id").GetGuid(), Known.Of(task));
            if (known.Stamp != change.After.Stamp || known.Version <= before)
            {
                tally.RecordWrong($"{request} answered {task} after version {before}");
            }

            account.MaxVersion = Math.Max(account.MaxVersion, known.Version);
        }

        account.Tasks[id] = known;
        account.Writes++;
        tally.RecordAcknowledged();
    }

    private Change DeletionOf(Guid id) => new(id, account.Tasks[id] with { IsDeleted = true, Version = 0 });

    private Dictionary<string, object> WithDueAt(Dictionary<string, object> body)
    {
        if (random.Next(4) == 0)
        {
            body["dueAt"] = Overdue;
        }

        return body;
    }
}

using System.Text.Json;

namespace Fitnessify.Chaos;

/// <summary>A comparison checks the model of an account against the server. It can be interrupted and repeated.</summary>
internal sealed class Comparison(Account account, Caller caller, Tally tally)
{
    private readonly Sessions _sessions = new(account, caller, tally);

    /// <param name="isRecent">The value is true when the last refresh is certainly within the grace period.</param>
    public async Task CompareAsync(bool isRecent)
    {
        await _sessions.CompareAsync(isRecent);
        if (account.AccessToken is null)
        {
            return;
        }

        var (actual, next) = await ReadChangesAsync(null);
        ResolveFlight(actual);
        foreach (
            var (id, known) in account.Tasks.Where(task => !task.Value.Matches(actual.GetValueOrDefault(task.Key)))
        )
        {
            tally.RecordLost($"{id} {known} of {account.Name} is {actual.GetValueOrDefault(id)}");
        }

        foreach (var (id, seen) in actual.Where(task => !account.Tasks.ContainsKey(task.Key)))
        {
            tally.RecordWrong($"{id} {seen} of {account.Name}, which nobody has asked for");
        }

        await CompareSyncAsync(actual);
        (account.SyncToken, account.Synced) = (next, actual);
        await CompareNotificationsAsync();
    }

    /// <summary>The stored tasks show which changes of the request without a response were applied.</summary>
    private void ResolveFlight(Dictionary<Guid, Known> actual)
    {
        if (account.Flight is not { } flight)
        {
            return;
        }

        var applied = 0;
        foreach (var change in flight.Changes)
        {
            var id = change.Id ?? actual.FirstOrDefault(task => task.Value.Stamp == change.After.Stamp).Key;
            if (actual.TryGetValue(id, out var seen) && change.After.Matches(seen))
            {
                applied++;
                if (seen.Version > 0 && seen.Version <= account.MaxVersion)
                {
                    tally.RecordWrong($"{seen} of {account.Name} after version {account.MaxVersion}");
                }

                account.Tasks[id] = seen.IsDeleted ? change.After : seen;
            }
        }

        if (flight.IsAtomic && applied > 0 && applied < flight.Changes.Count)
        {
            tally.RecordHalfDone($"{applied} of {flight.Changes.Count} changes of {account.Name}");
        }

        account.Flight = null;
        account.MaxVersion = Math.Max(account.MaxVersion, account.Tasks.Values.Max(known => (long?)known.Version) ?? 0);
    }

    /// <summary>A device that last synced at the previous comparison must receive all changes since then.</summary>
    private async Task CompareSyncAsync(Dictionary<Guid, Known> actual)
    {
        var since = account.SyncToken;
        var merged = new Dictionary<Guid, Known>(account.Synced);
        foreach (var (id, seen) in (await ReadChangesAsync(since)).Tasks)
        {
            merged[id] = seen;
        }

        if (merged.Count != actual.Count || merged.Any(task => !Equals(task.Value, actual.GetValueOrDefault(task.Key))))
        {
            tally.RecordLost($"changes of {account.Name} in the sync");
        }
    }

    private async Task<(Dictionary<Guid, Known> Tasks, string? Next)> ReadChangesAsync(string? since)
    {
        Dictionary<Guid, Known> tasks = [];
        var version = 0L;
        for (var hasMore = true; hasMore; )
        {
            var part = await ReadAsync($"changes?limit=200{(since is null ? "" : $"&since={since}")}");
            foreach (var item in part.Items())
            {
                var task = item.GetProperty("task");
                var seen = task.ValueKind == JsonValueKind.Null ? new Known("", true, 0) : Known.Of(task);
                tasks[item.GetProperty("id").GetGuid()] = seen;
                if (seen.Version > 0 && seen.Version <= version)
                {
                    tally.RecordWrong($"version {seen.Version} of {account.Name} after {version}");
                }

                version = Math.Max(version, seen.Version);
            }

            (since, hasMore) = (part.Text("next"), part.GetProperty("hasMore").GetBoolean());
        }

        return (tasks, since);
    }

    private async Task CompareNotificationsAsync()
    {
        Dictionary<Guid, bool> actual = [];
        HashSet<string> due = [];
        var cursor = default(string);
        do
        {
            var page = await ReadAsync($"notifications?limit=200{(cursor is null ? "" : $"&cursor={cursor}")}");
            foreach (var item in page.Items())
            {
                actual[item.GetProperty("id").GetGuid()] = item.Text("readAt") is not null;
                if (!due.Add($"{item.Text("taskId")} {item.Text("dueAt")}"))
                {
                    tally.RecordWrong($"a second notification for {item}");
                }
            }

            cursor = page.Text("nextCursor");
        } while (cursor is not null);

        foreach (var (id, isRead) in account.Notifications)
        {
            if (!actual.TryGetValue(id, out var isReadNow) || (isRead && !isReadNow))
            {
                tally.RecordLost($"notification {id} of {account.Name}, or that it was read");
            }
        }
    }

    private async Task<JsonElement> ReadAsync(string path)
    {
        var answer = await caller.SendAsync(HttpMethod.Get, path, account.AccessToken);
        return answer.IsSuccess
            ? answer.Body
            : throw new InvalidOperationException($"{path}: {answer.Status} {answer.Code}");
    }
}

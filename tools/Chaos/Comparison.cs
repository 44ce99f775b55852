using System.Text.Json;

namespace Fitnessify.Chaos;

/// <summary>Compares all that an account knows with what the server says. Can be broken off and done again.</summary>
internal sealed class Comparison(Account account, Caller caller, Tally tally)
{
    private readonly Sessions _sessions = new(account, caller, tally);

    /// <param name="isRecent">Whether the last refresh is not longer ago than the time of grace.</param>
    public async Task CompareAsync(bool isRecent)
    {
        await _sessions.CompareAsync(isRecent);
        if (account.AccessToken is null)
        {
            return;
        }

        var (actual, next) = await ReadChangesAsync(null);
        Settle(actual);
        foreach (var (id, known) in account.Tasks.Where(task => !task.Value.Fits(actual.GetValueOrDefault(task.Key))))
        {
            tally.Lose($"{id} {known} of {account.Name} is {actual.GetValueOrDefault(id)}");
        }

        foreach (var (id, seen) in actual.Where(task => !account.Tasks.ContainsKey(task.Key)))
        {
            tally.Contradict($"{id} {seen} of {account.Name}, which nobody has asked for");
        }

        await CompareSyncAsync(actual);
        (account.SyncToken, account.Synced) = (next, actual);
        await CompareNotificationsAsync();
    }

    /// <summary>What the request in flight has done becomes known.</summary>
    private void Settle(Dictionary<Guid, Known> actual)
    {
        if (account.Flight is not { } flight)
        {
            return;
        }

        var applied = 0;
        foreach (var change in flight.Changes)
        {
            var id = change.Id ?? actual.FirstOrDefault(task => task.Value.Stamp == change.After.Stamp).Key;
            if (actual.TryGetValue(id, out var seen) && change.After.Fits(seen))
            {
                applied++;
                if (seen.Version > 0 && seen.Version <= account.MaxVersion)
                {
                    tally.Contradict($"{seen} of {account.Name} after version {account.MaxVersion}");
                }

                account.Tasks[id] = seen.IsDeleted ? change.After : seen;
            }
        }

        if (flight.IsAtomic && applied > 0 && applied < flight.Changes.Count)
        {
            tally.LeaveHalf($"{applied} of {flight.Changes.Count} changes of {account.Name}");
        }

        account.Flight = null;
        account.MaxVersion = Math.Max(account.MaxVersion, account.Tasks.Values.Max(known => (long?)known.Version) ?? 0);
    }

    /// <summary>A device that has slept since the last comparison learns all of it.</summary>
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
            tally.Lose($"changes of {account.Name} in the sync");
        }
    }

    private async Task<(Dictionary<Guid, Known> Tasks, string? Next)> ReadChangesAsync(string? since)
    {
        Dictionary<Guid, Known> tasks = [];
        var version = 0L;
        for (var hasMore = true; hasMore; )
        {
            var part = await ReadAsync($"tasks/changes?limit=200{(since is null ? "" : $"&since={since}")}");
            foreach (var item in part.Items())
            {
                var task = item.GetProperty("task");
                var seen = task.ValueKind == JsonValueKind.Null ? new Known("", true, 0) : Known.Of(task);
                tasks[item.GetProperty("id").GetGuid()] = seen;
                if (seen.Version > 0 && seen.Version <= version)
                {
                    tally.Contradict($"version {seen.Version} of {account.Name} after {version}");
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
                    tally.Contradict($"a second notification for {item}");
                }
            }

            cursor = page.Text("nextCursor");
        } while (cursor is not null);

        foreach (var (id, isRead) in account.Notifications)
        {
            if (!actual.TryGetValue(id, out var isReadNow) || (isRead && !isReadNow))
            {
                tally.Lose($"notification {id} of {account.Name}, or that it was read");
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

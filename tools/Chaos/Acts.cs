using System.Text.Json;

namespace Fitnessify.Chaos;

/// <summary>The mixed load chooses the next request of a device at random.</summary>
internal sealed class Acts(Account account, Caller caller, Tally tally, Random random)
{
    private readonly TaskWrites _writes = new(account, caller, tally, random);
    private readonly Sessions _sessions = new(account, caller, tally);

    public Task NextAsync()
    {
        if (account.AccessToken is null)
        {
            return account.IsRegistered ? _sessions.SignInAsync() : _sessions.RegisterAsync();
        }

        return random.Next(100) switch
        {
            < 25 => _writes.CreateAsync(),
            < 30 => _writes.PutAsync(Guid.NewGuid(), 201),
            < 35 => OnRandomTaskAsync(isDeleted: false, id => _writes.PutAsync(id, 200)),
            < 50 => OnRandomTaskAsync(isDeleted: false, _writes.PatchAsync),
            < 60 => OnRandomTaskAsync(isDeleted: false, _writes.DeleteAsync),
            < 64 => OnRandomTaskAsync(isDeleted: true, _writes.RestoreAsync),
            < 80 => _writes.BatchAsync(isAtomic: random.Next(3) > 0),
            < 88 => OnRandomTaskAsync(isDeleted: false, ReadAsync),
            < 92 => ReadNotificationAsync(),
            < 97 => _sessions.RefreshAsync(),
            < 99 => _sessions.SignOutAsync(),
            _ => _sessions.ChangePasswordAsync(),
        };
    }

    private async Task ReadAsync(Guid id)
    {
        var answer = await SendAsync(HttpMethod.Get, $"tasks/{id}");
        if (!answer.IsSuccess || !account.Tasks[id].Matches(Known.Of(answer.Body)))
        {
            tally.RecordLost($"{account.Tasks[id]} is {answer.Status} {answer.Body}");
        }
    }

    private async Task ReadNotificationAsync()
    {
        var page = await SendAsync(HttpMethod.Get, "notifications?unread=true");
        if (!page.IsSuccess)
        {
            tally.RecordWrong($"notifications: {page.Status} {page.Code}");
            return;
        }

        foreach (var item in page.Body.Items())
        {
            account.Notifications.TryAdd(item.GetProperty("id").GetGuid(), false);
        }

        if (page.Body.Items().FirstOrDefault() is { ValueKind: JsonValueKind.Object } unread)
        {
            var id = unread.GetProperty("id").GetGuid();
            var answer = await SendAsync(HttpMethod.Post, $"notifications/{id}/read");
            account.Notifications[id] = answer.IsSuccess;
            tally.RecordAcknowledged();
        }
    }

    private Task OnRandomTaskAsync(bool isDeleted, Func<Guid, Task> sendAsync)
    {
        var ids = account.Tasks.Where(task => task.Value.IsDeleted == isDeleted).Select(task => task.Key).ToList();
        return ids.Count == 0 ? _writes.CreateAsync() : sendAsync(ids[random.Next(ids.Count)]);
    }

    private Task<Answer> SendAsync(HttpMethod method, string path, object? body = null) =>
        caller.SendAsync(method, path, account.AccessToken, body);
}

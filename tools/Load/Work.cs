using System.Net.Http.Json;
using System.Text.Json;

namespace Fitnessify.Load;

/// <summary>These requests are measured. Each function gets the number of the connection and of the request.</summary>
internal sealed class Work(User user)
{
    private const int PageSize = 50;

    private readonly Dictionary<int, string> _refreshTokens = [];
    private string? _lastCursor;

    public IEnumerable<(string Name, Func<int, int, Task<bool>> Send)> All =>
        [
            ("read one task", ReadOneAsync),
            ("list 50, first page", (_, _) => SendAsync(HttpMethod.Get, $"tasks?limit={PageSize}")),
            ("list 50, last page", ReadLastPageAsync),
            ("create", (_, number) => SendAsync(HttpMethod.Post, "tasks", TaskBody(number))),
            (
                "update",
                (worker, number) => SendAsync(HttpMethod.Patch, $"tasks/{TaskIdOf(worker, number)}", TaskBody(number))
            ),
            ("mixed, 80 % reads", MixedAsync),
            ("refresh", RefreshAsync),
            ("sign-in", (_, _) => SucceedsAsync(User.LoginAsync(user.Server))),
        ];

    private static object TaskBody(int number) =>
        new
        {
            title = $"Task {number}",
            description = $"Done {number} times",
            priority = "high",
        };

    // The factors are primes, so that consecutive requests do not use neighboring rows.
    private string TaskIdOf(int worker, int number) =>
        user.TaskIds[((worker * 7919) + (number * 104729)) % user.TaskIds.Count];

    private Task<bool> ReadOneAsync(int worker, int number) =>
        SendAsync(HttpMethod.Get, $"tasks/{TaskIdOf(worker, number)}");

    private Task<bool> MixedAsync(int worker, int number) =>
        (number % 10) switch
        {
            0 => SendAsync(HttpMethod.Post, "tasks", TaskBody(number)),
            1 => SendAsync(HttpMethod.Patch, $"tasks/{TaskIdOf(worker, number)}", TaskBody(number)),
            2 or 3 => SendAsync(HttpMethod.Get, $"tasks?limit={PageSize}"),
            _ => ReadOneAsync(worker, number),
        };

    private async Task<bool> ReadLastPageAsync(int worker, int number) =>
        await SendAsync(HttpMethod.Get, $"tasks?limit={PageSize}&cursor={_lastCursor ??= await FindLastCursorAsync()}");

    // The result is the cursor of the last page.
    private async Task<string> FindLastCursorAsync()
    {
        string? cursor = null;
        for (var read = 0; ; read += PageSize)
        {
            using var request = user.CreateRequest(
                HttpMethod.Get,
                $"tasks?limit={PageSize}" + (cursor is null ? "" : $"&cursor={cursor}")
            );
            using var answer = await user.Server.Http.SendAsync(request);
            var page = await answer.Content.ReadFromJsonAsync<JsonElement>();
            if (page.GetProperty("nextCursor").GetString() is not { } next)
            {
                return cursor!;
            }

            cursor = next;
        }
    }

    private async Task<bool> RefreshAsync(int worker, int number)
    {
        string? token;
        lock (_refreshTokens)
        {
            _refreshTokens.TryGetValue(worker, out token);
        }

        token ??= (await User.LoginAsync(user.Server)).GetProperty("refreshToken").GetString();
        using var request = user.CreateRequest(HttpMethod.Post, "auth/refresh", new { refreshToken = token });
        using var answer = await user.Server.Http.SendAsync(request);
        var tokens = await answer.Content.ReadFromJsonAsync<JsonElement>();
        lock (_refreshTokens)
        {
            _refreshTokens[worker] = tokens.GetProperty("refreshToken").GetString()!;
        }

        return answer.IsSuccessStatusCode;
    }

    // A refusal, for instance 503 when no hashing thread is free in time, counts as a failure and does not end the run.
    private static async Task<bool> SucceedsAsync(Task<JsonElement> call)
    {
        try
        {
            return (await call).ValueKind == JsonValueKind.Object;
        }
        catch (HttpRequestException refusal) when (refusal.StatusCode is not null)
        {
            return false;
        }
    }

    private async Task<bool> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = user.CreateRequest(method, path, body);
        using var answer = await user.Server.Http.SendAsync(request, HttpCompletionOption.ResponseContentRead);
        return answer.IsSuccessStatusCode;
    }
}

using System.Net.Http.Json;
using System.Text.Json;

namespace Fitnessify.Load;

/// <summary>What is measured. Each is given the number of the connection and of the request.</summary>
internal sealed class Work(User user)
{
    private const int PageSize = 50;

    private readonly Dictionary<int, string> _refreshTokens = [];
    private string? _deepCursor;

    public IEnumerable<(string Name, Func<int, int, Task<bool>> Send)> All =>
        [
            ("read one task", ReadOneAsync),
            ("list 50, first page", (_, _) => SendAsync(HttpMethod.Get, $"tasks?limit={PageSize}")),
            ("list 50, last page", ReadDeepAsync),
            ("create", (_, number) => SendAsync(HttpMethod.Post, "tasks", Task(number))),
            ("update", (worker, number) => SendAsync(HttpMethod.Patch, $"tasks/{Id(worker, number)}", Task(number))),
            ("mixed, 80 % reads", MixedAsync),
            ("refresh", RefreshAsync),
            ("sign-in", (_, _) => OkAsync(User.LoginAsync(user.Server))),
        ];

    private static object Task(int number) =>
        new
        {
            title = $"Task {number}",
            description = $"Done {number} times",
            priority = "high",
        };

    // A prime, so that neighbours in time are not neighbours in the table.
    private string Id(int worker, int number) =>
        user.TaskIds[((worker * 7919) + (number * 104729)) % user.TaskIds.Count];

    private Task<bool> ReadOneAsync(int worker, int number) => SendAsync(HttpMethod.Get, $"tasks/{Id(worker, number)}");

    private Task<bool> MixedAsync(int worker, int number) =>
        (number % 10) switch
        {
            0 => SendAsync(HttpMethod.Post, "tasks", Task(number)),
            1 => SendAsync(HttpMethod.Patch, $"tasks/{Id(worker, number)}", Task(number)),
            2 or 3 => SendAsync(HttpMethod.Get, $"tasks?limit={PageSize}"),
            _ => ReadOneAsync(worker, number),
        };

    private async Task<bool> ReadDeepAsync(int worker, int number) =>
        await SendAsync(HttpMethod.Get, $"tasks?limit={PageSize}&cursor={_deepCursor ??= await FindDeepAsync()}");

    // The cursor of the last full page.
    private async Task<string> FindDeepAsync()
    {
        string? cursor = null;
        for (var read = 0; ; read += PageSize)
        {
            using var request = user.Request(
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
        using var request = user.Request(HttpMethod.Post, "auth/refresh", new { refreshToken = token });
        using var answer = await user.Server.Http.SendAsync(request);
        var tokens = await answer.Content.ReadFromJsonAsync<JsonElement>();
        lock (_refreshTokens)
        {
            _refreshTokens[worker] = tokens.GetProperty("refreshToken").GetString()!;
        }

        return answer.IsSuccessStatusCode;
    }

    // A refusal (503 when nobody could wait that long for a hashing thread) counts as a failure and ends nothing.
    private static async Task<bool> OkAsync(Task<JsonElement> call)
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
        using var request = user.Request(method, path, body);
        using var answer = await user.Server.Http.SendAsync(request, HttpCompletionOption.ResponseContentRead);
        return answer.IsSuccessStatusCode;
    }
}

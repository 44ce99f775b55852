using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Fitnessify.Load;

/// <summary>The user is signed in and has many tasks. The access token is valid for longer than the measurements take.</summary>
internal sealed record User(Server Server, string AccessToken, IReadOnlyList<string> TaskIds)
{
    public const string Name = "ann";
    public const string Password = "correct horse battery staple";

    private const int BatchSize = 100;

    public static async Task<User> RegisterAsync(Server server, int tasks)
    {
        await PostAsync(
            server,
            null,
            "auth/register",
            new
            {
                username = Name,
                email = "ann@example.org",
                password = Password,
            }
        );
        var token = (await LoginAsync(server)).GetProperty("accessToken").GetString()!;
        List<string> ids = [];
        while (ids.Count < tasks)
        {
            var operations = Enumerable
                .Range(ids.Count, BatchSize)
                .Select(i => new
                {
                    op = "create",
                    task = new
                    {
                        title = $"Task {i}",
                        description = "Something to do, and some words about how to do it",
                        dueAt = "2040-01-01T10:00:00Z",
                    },
                });
            var done = await PostAsync(server, token, "tasks/batch", new { atomic = true, operations });
            ids.AddRange(
                done.GetProperty("results")
                    .EnumerateArray()
                    .Select(result => result.GetProperty("task").GetProperty("id").GetString()!)
            );
        }

        return new User(server, token, ids);
    }

    public static Task<JsonElement> LoginAsync(Server server) =>
        PostAsync(server, null, "auth/login", new { login = Name, password = Password });

    public HttpRequestMessage CreateRequest(HttpMethod method, string path, object? body = null)
    {
        var request = new HttpRequestMessage(method, $"api/v1/{path}")
        {
            Content = body is null ? null : JsonContent.Create(body),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", AccessToken);
        return request;
    }

    private static async Task<JsonElement> PostAsync<T>(Server server, string? token, string path, T body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/v1/{path}")
        {
            Content = JsonContent.Create(body),
        };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var answer = await server.Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}

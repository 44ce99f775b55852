using System.Text;
using System.Text.Json;
using Fitnessify.Application.Tasks;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Testing;

/// <summary>Calls of the task tests.</summary>
internal static class TaskCalls
{
    public const string Tasks = "/api/v1/tasks";
    public const string Trash = "/api/v1/tasks/trash";
    public const string Changes = "/api/v1/changes";
    public const string Summary = "/api/v1/tasks/summary";
    public const string Batch = "/api/v1/tasks/batch";

    /// <summary>The body of a task that repeats.</summary>
    public const string Repeating = """
        {"title":"Stretch","due":{"date":"2040-01-01","time":"07:00"},"reminders":[10],"recurrence":{"rule":"FREQ=DAILY"}}
        """;

    /// <summary>Returns the address of a task.</summary>
    public static string Path(this JsonElement task) => $"{Tasks}/{task.Text("id")}";

    public static string ETag(this JsonElement task) =>
        $"\"{task.Version()}{(task.GetProperty("isOverdue").GetBoolean() ? ".o" : "")}\"";

    public static long Version(this JsonElement task) => task.GetProperty("version").GetInt64();

    /// <summary>Sends a body exactly as given.</summary>
    public static Task<HttpResponseMessage> SendJsonAsync(
        this ApiClient client,
        string method,
        string path,
        string body,
        params (string Name, string Value)[] headers
    )
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return client.SendAsync(request);
    }

    /// <summary>Creates a task.</summary>
    public static async Task<JsonElement> CreatedAsync(this ApiClient client, string body = """{"title":"Run"}""")
    {
        using var response = await client.PostRawAsync(Tasks, body);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("201"), body);
        return await response.JsonAsync();
    }

    /// <summary>Patches a task and returns it.</summary>
    public static async Task<JsonElement> PatchedAsync(this ApiClient client, JsonElement task, string body)
    {
        using var response = await client.SendJsonAsync("PATCH", task.Path(), body);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("200"), body);
        return await response.JsonAsync();
    }

    /// <summary>Moves a task to the trash.</summary>
    public static async Task TrashedAsync(this ApiClient client, JsonElement task)
    {
        using var response = await client.DeleteAsync(task.Path());
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("204"));
    }

    /// <summary>Returns the resource at the address.</summary>
    public static async Task<JsonElement> ReadAsync(this ApiClient client, string path)
    {
        using var response = await client.GetAsync(path);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("200"), path);
        return await response.JsonAsync();
    }

    /// <summary>Returns the titles of a page of tasks, in order.</summary>
    public static async Task<string> TitlesAsync(this ApiClient client, string query = "") =>
        string.Join(' ', (await client.ReadAsync(Tasks + query)).Items().Select(task => task.Text("title")));

    public static async Task<string> OutcomeOfAsync(Task<HttpResponseMessage> call)
    {
        using var response = await call;
        return await response.OutcomeAsync();
    }

    /// <summary>Purges the trash as the nightly job does.</summary>
    public static async Task PurgeAsync(Api api)
    {
        await using var scope = api.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new PurgeTrashCommand());
    }
}

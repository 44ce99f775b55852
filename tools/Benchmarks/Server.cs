using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Fitnessify.Benchmarks;

/// <summary>The whole server runs in this process, with its own database that has one user and 200 tasks.</summary>
internal sealed class Server : WebApplicationFactory<WebApi.Controllers.TasksController>
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fitnessify-bench-");

    /// <summary>The client sends the access token of the user.</summary>
    public HttpClient Http { get; private set; } = null!;

    public Guid UserId { get; private set; }

    public Guid SessionId { get; private set; }

    public Guid TaskId { get; private set; }

    public string DatabaseFile => Path.Combine(_folder.FullName, "f.db");

    public static async Task<Server> StartAsync()
    {
        var server = new Server();
        // Without this variable the factory searches for a content root with the name of the assembly, which does not exist.
        Environment.SetEnvironmentVariable("ASPNETCORE_TEST_CONTENTROOT_FITNESSIFY_WEBAPI", server._folder.FullName);
        server.Http = server.CreateClient();
        const string password = "correct horse battery staple";
        await server.SendAsync(
            "auth/register",
            new
            {
                username = "ann",
                email = "ann@example.org",
                password,
            }
        );
        var tokens = await server.SendAsync("auth/login", new { login = "ann", password });
        server.SessionId = tokens.GetProperty("sessionId").GetGuid();
        server.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            tokens.GetProperty("accessToken").GetString()
        );
        server.UserId = (await server.Http.GetFromJsonAsync<JsonElement>("api/v1/users/me"))
            .GetProperty("id")
            .GetGuid();
        for (var i = 0; i < 200; i++)
        {
            var task = await server.SendAsync("tasks", new { title = $"Task {i}", description = "Something to do" });
            server.TaskId = task.GetProperty("id").GetGuid();
        }

        return server;
    }

    public async Task<JsonElement> SendAsync<T>(string path, T body)
    {
        using var answer = await Http.PostAsJsonAsync($"api/v1/{path}", body);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder) =>
        builder
            .UseSetting("ConnectionStrings:Fitnessify", $"Data Source={DatabaseFile}")
            .UseSetting("Mail:PickupFolder", Path.Combine(_folder.FullName, "mail"))
            .UseSetting("Transport:RequireHttps", "false")
            .UseSetting("RateLimits:Enabled", "false")
            .UseSetting("Accounts:Guests", "true")
            .UseSetting("Serilog:MinimumLevel", "Warning");

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        // The base class may call this method twice.
        if (disposing && Directory.Exists(_folder.FullName))
        {
            _folder.Delete(recursive: true);
        }
    }
}

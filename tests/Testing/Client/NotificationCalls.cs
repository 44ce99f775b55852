using System.Text.Json;
using Fitnessify.Application.Notifications;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Testing;

/// <summary>Calls of the notification tests.</summary>
internal static class NotificationCalls
{
    public const string Notifications = "/api/v1/notifications";
    public const string UnreadCount = "/api/v1/notifications/unread-count";
    public const string ReadAll = "/api/v1/notifications/read-all";
    public const string Stream = "/api/v1/notifications/stream";
    public const string Settings = "/api/v1/users/me/notification-settings";

    /// <summary>Returns the address that marks a notification as read.</summary>
    public static string ReadPath(this JsonElement notification) => $"{Notifications}/{notification.Text("id")}/read";

    /// <summary>Returns the address that snoozes a notification.</summary>
    public static string SnoozePath(this JsonElement notification) =>
        $"{Notifications}/{notification.Text("id")}/snooze";

    /// <summary>Returns the address that completes the task of a notification.</summary>
    public static string CompletePath(this JsonElement notification) =>
        $"{Notifications}/{notification.Text("id")}/complete";

    /// <summary>Creates a task that has been overdue for years.</summary>
    public static Task<JsonElement> CreatedOverdueAsync(this ApiClient client, string title = "Run") =>
        client.CreatedAsync(JsonSerializer.Serialize(new { title, dueAt = DateTimeOffset.UnixEpoch }));

    /// <summary>Raises alerts as the job does.</summary>
    public static async Task NotifyAsync(this Api api)
    {
        await using var scope = api.Services.CreateAsyncScope();
        var result = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new RaiseAlertsCommand());
        Assert.That(result.IsSuccess);
    }

    /// <summary>Creates an overdue task and notifies its owner.</summary>
    /// <returns>The notification.</returns>
    public static async Task<JsonElement> NotifiedAsync(this Api api, ApiClient client, string title = "Run")
    {
        var task = await client.CreatedOverdueAsync(title);
        await api.NotifyAsync();
        var newest = (await client.ReadAsync($"{Notifications}?limit=1")).Items().Single();
        Assert.That(newest.Text("taskId"), Is.EqualTo(task.Text("id")));
        return newest;
    }

    /// <summary>Returns the titles of a page of notifications, in order.</summary>
    public static async Task<string> NotifiedTitlesAsync(this ApiClient client, string query = "") =>
        string.Join(' ', (await client.ReadAsync(Notifications + query)).Items().Select(item => item.Text("title")));

    public static async Task<int> UnreadCountAsync(this ApiClient client) =>
        (await client.ReadAsync(UnreadCount)).GetProperty("count").GetInt32();
}

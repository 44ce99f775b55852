using System.Data;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Notifications;
using Fitnessify.Infrastructure.Notifications;
using Fitnessify.Infrastructure.Tests.Persistence;

namespace Fitnessify.Infrastructure.Tests.Notifications;

/// <summary>The main queries of notifications.</summary>
internal static class NotificationQueries
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly MainQuery[] All =
    [
        new("find", on => on.Notifications.FindAsync(on.OwnerId, Guid.Empty, default)),
        .. List("list", null),
        .. List("list unread", true),
        .. List("list read", false),
        new("count unread", on => on.Notifications.CountUnreadAsync(on.OwnerId, default)),
        new(
            "read all",
            on => on.SaveAsync(unit => on.NotificationsIn(unit).ReadOldestAsync(on.OwnerId, null, Now, 500, default))
        ),
        new(
            "place of the last event",
            on => ((INotificationSequence)on.Notifications).FindAsync(on.OwnerId, Guid.Empty, default)
        ),
        new("replay", on => on.Notifications.ListAfterAsync(on.OwnerId, 7, false, 200, default)),
        new("replay of what is unread", on => on.Notifications.ListAfterAsync(on.OwnerId, 0, true, 200, default)),
        new("trim", on => on.Notifications.TrimAsync([on.OwnerId], 1, default)),
        new("feed", on => NotificationFeed.ListAfterAsync(on.Context, 7, default)),
        new("alerts", on => on.Alerting.ListAsync(Now, 500, default)),
        new("lag", on => AlertingTasks.FindOldestAsync(on.Context, Now, default)),
    ];

    /// <summary>Adds enough of each kind to give every list a second page.</summary>
    public static async Task FillAsync(Instance server)
    {
        var owner = server.Caller.Session!.OwnerId;
        await server.NotifyAsync(owner, 2);
        await server.SendAsync(new Application.Notifications.ReadAllNotificationsCommand());
        await server.NotifyAsync(owner, 2);
    }

    /// <summary>Returns a row only for a count, which always has one.</summary>
    public static void Answer(string command, DataTable answer)
    {
        if (command.StartsWith("SELECT COUNT(*)", StringComparison.Ordinal))
        {
            answer.Columns.Add("Count", typeof(int));
            answer.Rows.Add(0);
        }
    }

    private static MainQuery[] List(string name, bool? isUnread)
    {
        return
        [
            new(name, on => ListAsync(on.Notifications, on.OwnerId, 50, on.Position)),
            new(
                $"{name}, later page",
                on => ListAsync(on.Notifications, on.OwnerId, 50, on.Position),
                server =>
                    server.UseAsync(
                        async (INotificationRepository notifications) =>
                            (await ListAsync(notifications, server.Caller.Session!.OwnerId, 1, null)).Value!.NextCursor
                    )
            ),
        ];

        Task<Result<Page<Notification>>> ListAsync(
            INotificationRepository notifications,
            Guid owner,
            int limit,
            string? cursor
        ) => notifications.ListAsync(owner, isUnread, new PageRequest(limit, cursor), default);
    }
}

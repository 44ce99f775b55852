using System.Data.Common;
using Fitnessify.Application.Notifications;
using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Notifications;
using Fitnessify.Infrastructure.Notifications;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Tests.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Result = Fitnessify.Domain.Common.Result;

namespace Fitnessify.Infrastructure.Tests.Notifications;

/// <summary>Calls of the notification tests to a server.</summary>
internal static class NotificationRequests
{
    /// <summary>Scans for tasks that have become overdue.</summary>
    public static Task<Result> ScanAsync(this Instance server) => server.SendAsync(new RaiseAlertsCommand());

    /// <summary>Creates a task of the caller that was due an hour ago.</summary>
    public static Task<TaskDto> CreateOverdueAsync(this Instance server) =>
        server.CreateAsync(new TaskInput("Task", DueAt: server.Clock.GetUtcNow().AddHours(-1)));

    /// <summary>Returns all notifications of the user, oldest first.</summary>
    public static Task<List<Notification>> NotificationsAsync(this Instance server, Guid ownerId) =>
        server.UseAsync(
            (AppDbContext context) =>
                context
                    .Notifications.AsNoTracking()
                    .Where(notification => notification.OwnerId == ownerId)
                    .OrderBy(notification => notification.Sequence)
                    .ToListAsync()
        );

    /// <summary>Notifies the user of some tasks in one transaction.</summary>
    public static Task<List<Notification>> NotifyAsync(this Instance server, Guid ownerId, int count = 1) =>
        server.UseAsync(
            async (IServiceProvider services) =>
            {
                var now = server.Clock.GetUtcNow();
                var notifications = Enumerable
                    .Range(1, count)
                    .Select(i => Overdue.Notification(ownerId, $"Task {i}", now))
                    .ToList();
                notifications.ForEach(services.GetRequiredService<INotificationRepository>().Add);
                var saved = await services.GetRequiredService<IUnitOfWork>().SaveChangesAsync(default);
                Assert.That(saved.Error, Is.Null);
                return notifications;
            }
        );

    /// <summary>Returns whether the command searches for overdue tasks.</summary>
    public static bool IsScan(DbCommand command) =>
        command.CommandText.StartsWith("SELECT", StringComparison.Ordinal) && Commands.Has(command, "[NextAlertAt] <");

    /// <summary>Returns whether the command stores the alerts of a task.</summary>
    public static bool IsSettling(DbCommand command) =>
        Commands.Updates(command, "Tasks") && Commands.Names(command, "NextAlertAt");

    public static bool Mentions(DbCommand command, string name) =>
        command.CommandText.Contains(name, StringComparison.Ordinal);
}

using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Notifications;
using Fitnessify.Domain.Sessions;
using MediatR;

namespace Fitnessify.Application.Notifications;

/// <summary>
/// Notifies the owners of all tasks that have a reminder or have become overdue: once of each, on however many instances it
/// runs.
/// </summary>
public sealed record RaiseAlertsCommand : IRequest<Result>;

internal sealed class RaiseAlertsHandler(
    IAlertingTasks tasks,
    INotificationRepository notifications,
    IMailOutbox outbox,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<RaiseAlertsCommand, Result>
{
    // A batch is small enough to hold the write lock only briefly.
    private const int BatchSize = 500;

    public async Task<Result> Handle(RaiseAlertsCommand request, CancellationToken cancellationToken)
    {
        var size = BatchSize;
        while (true)
        {
            var now = clock.Now();
            var batch = await tasks.ListAsync(now, size, cancellationToken);
            if (batch.Count == 0)
            {
                return Result.Success;
            }

            foreach (var owned in batch.GroupBy(alerting => alerting.Task.OwnerId))
            {
                Raise(owned.Key, [.. owned], now);
            }

            var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
            if (
                !saved.IsSuccess
                && saved.Error != CommonErrors.PreconditionFailed
                && saved.Error != SessionErrors.SessionRevoked
            )
            {
                return saved;
            }

            if (saved.IsSuccess)
            {
                var owners = batch.Select(alerting => alerting.Task.OwnerId).ToHashSet();
                await notifications.TrimAsync(owners, Notification.MaxPerUser, cancellationToken);
            }

            // A task was changed meanwhile, another instance was faster with one, or an owner was deleted. Nothing of this
            // batch is saved then. A smaller one is less likely to meet that again.
            size = saved.IsSuccess ? BatchSize : Math.Max(1, size / 2);
        }
    }

    private void Raise(Guid ownerId, IReadOnlyList<AlertingTask> owned, DateTimeOffset now)
    {
        var alerts = owned
            .SelectMany(alerting => alerting.Task.RaiseAlerts(now).Select(alert => (alerting.Task, Alert: alert)))
            .ToList();
        var mailId = alerts.Count > 0 && owned[0].WantsMail ? AddMail(ownerId, now) : (Guid?)null;
        foreach (var (task, alert) in alerts)
        {
            notifications.Add(Notification.Of(task, alert, mailId, now));
        }
    }

    private Guid AddMail(Guid ownerId, DateTimeOffset now)
    {
        var mail = TasksDueMail.Create(ownerId, now);
        outbox.Add(mail);
        return mail.Id;
    }
}

using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Notifications;
using Fitnessify.Domain.Sessions;
using Fitnessify.Domain.Tasks;
using MediatR;

namespace Fitnessify.Application.Notifications;

/// <summary>Tells the owners of all tasks that have become overdue, each once for each due time, however many instances do it.</summary>
public sealed record NotifyOverdueCommand : IRequest<Result>;

internal sealed class NotifyOverdueHandler(
    IOverdueTasks overdue,
    INotificationRepository notifications,
    IMailOutbox outbox,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<NotifyOverdueCommand, Result>
{
    // Small enough that nobody waits long for the lock.
    private const int BatchSize = 500;

    public async Task<Result> Handle(NotifyOverdueCommand request, CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = clock.Now();
            var batch = await overdue.ListAsync(now, BatchSize, cancellationToken);
            if (batch.Count == 0)
            {
                return Result.Success;
            }

            foreach (var task in batch.Where(task => !task.IsNotified))
            {
                notifications.Add(Notification.Overdue(task, now));
                if (task is { EmailConfirmed: true, Settings.Email: true })
                {
                    outbox.Add(TaskOverdueMail.Create(task.OwnerId, task.Title, task.DueAt, task.Settings.Zone, now));
                }
            }

            overdue.Settle(now);
            var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
            // Another instance was quicker with one of them, or its owner is gone: then none of these is saved, and what is left
            // is asked for anew.
            if (
                !saved.IsSuccess
                && saved.Error != TaskErrors.StateConflict
                && saved.Error != SessionErrors.SessionRevoked
            )
            {
                return saved;
            }
        }
    }
}

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

            foreach (var owned in batch.Where(task => !task.IsNotified).GroupBy(task => task.OwnerId))
            {
                var mailId = owned.First() is { EmailConfirmed: true, WantsMail: true } ? Mail(owned.Key, now) : null;
                foreach (var task in owned)
                {
                    notifications.Add(Notification.Overdue(task, mailId, now));
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

    private Guid? Mail(Guid ownerId, DateTimeOffset now)
    {
        var mail = TaskOverdueMail.Create(ownerId, now);
        outbox.Add(mail);
        return mail.Id;
    }
}

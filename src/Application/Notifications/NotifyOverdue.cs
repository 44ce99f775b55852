using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Notifications;
using Fitnessify.Domain.Sessions;
using Fitnessify.Domain.Tasks;
using MediatR;

namespace Fitnessify.Application.Notifications;

/// <summary>Notifies the owners of all tasks that have become overdue: once for each due time, on however many instances it runs.</summary>
public sealed record NotifyOverdueCommand : IRequest<Result>;

internal sealed class NotifyOverdueHandler(
    IOverdueTasks overdue,
    INotificationRepository notifications,
    IMailOutbox outbox,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<NotifyOverdueCommand, Result>
{
    // A batch is small enough to hold the write lock only briefly.
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
                var mailId = owned.First() is { EmailConfirmed: true, WantsMail: true }
                    ? AddMail(owned.Key, now)
                    : null;
                foreach (var task in owned)
                {
                    notifications.Add(Notification.Overdue(task, mailId, now));
                }
            }

            overdue.Settle(now);
            var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
            // Another instance was faster with one of the tasks, or an owner was deleted. Nothing of this batch is saved then,
            // and the remaining tasks are read again.
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

    private Guid? AddMail(Guid ownerId, DateTimeOffset now)
    {
        var mail = TaskOverdueMail.Create(ownerId, now);
        outbox.Add(mail);
        return mail.Id;
    }
}

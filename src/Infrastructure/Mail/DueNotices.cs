using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Notifications;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Mail;

internal sealed class DueNotices(AppDbContext context) : IDueNotices
{
    // The next mail collects the notifications beyond this number.
    private const int MaxMails = 500;

    public async Task<bool> TryGatherAsync(OutboxMail mail, CancellationToken cancellationToken)
    {
        var unfinished = context.OutboxMails.Where(other =>
            other.UserId == mail.UserId && other.Kind == mail.Kind && other.FinishedAt == null
        );
        var oldest = await unfinished
            .OrderBy(other => other.CreatedAt)
            .ThenBy(other => other.Id)
            .Select(other => (Guid?)other.Id)
            .Take(MaxMails)
            .ToListAsync(cancellationToken);
        if (oldest is [var first, ..] && first != mail.Id)
        {
            return false;
        }

        if (oldest is [_, .. { Count: > 0 } others])
        {
            await context.WriteAsync(
                () =>
                    context
                        .Notifications.Where(told => others.Contains(told.MailId))
                        .ExecuteUpdateAsync(set => set.SetProperty(told => told.MailId, mail.Id), cancellationToken),
                cancellationToken
            );
        }

        return true;
    }

    public async Task<DueNotice> ReadAsync(
        OutboxMail mail,
        DateTimeOffset now,
        int limit,
        CancellationToken cancellationToken
    )
    {
        // A task with reminders may have several notifications in one mail.
        var tasks = (
            from notification in context.Notifications
            where notification.MailId == mail.Id
            join task in context.Tasks
                on new { notification.OwnerId, notification.TaskId } equals new { task.OwnerId, TaskId = task.Id }
            where
                task.DueAt == notification.DueAt
                && task.DeletedAt == null
                && (task.Status == TaskItemStatus.Todo || task.Status == TaskItemStatus.InProgress)
            select new
            {
                task.Id,
                task.Title,
                task.Due,
                notification.DueAt,
            }
        ).Distinct();
        var first = await tasks
            .OrderBy(task => task.DueAt)
            .ThenBy(task => task.Id)
            .Take(limit)
            .ToListAsync(cancellationToken);
        return new DueNotice(
            first.Count < limit ? first.Count : await tasks.CountAsync(cancellationToken),
            [
                .. first.Select(task => new DueNoticeTask(
                    task.Title,
                    task.DueAt,
                    task.Due is { Time: null, Date: var date } ? date : null
                )),
            ],
            !await tasks.AnyAsync(task => task.DueAt >= now, cancellationToken)
        );
    }
}

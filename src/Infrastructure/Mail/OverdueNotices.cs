using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Notifications;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Mail;

internal sealed class OverdueNotices(AppDbContext context) : IOverdueNotices
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

    public async Task<OverdueNotice> ReadAsync(OutboxMail mail, int limit, CancellationToken cancellationToken)
    {
        var overdue =
            from told in context.Notifications
            where told.MailId == mail.Id
            join task in context.Tasks
                on new { told.OwnerId, told.TaskId } equals new { task.OwnerId, TaskId = task.Id }
            where
                task.DueAt == told.DueAt
                && task.DeletedAt == null
                && (task.Status == TaskItemStatus.Todo || task.Status == TaskItemStatus.InProgress)
            orderby told.DueAt, told.Id
            select new OverdueNoticeTask(task.Title, told.DueAt);
        var first = await overdue.Take(limit).ToListAsync(cancellationToken);
        return new OverdueNotice(
            first.Count < limit ? first.Count : await overdue.CountAsync(cancellationToken),
            first
        );
    }
}

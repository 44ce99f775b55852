using Fitnessify.Domain.Mail;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Mail;

internal sealed class MailOutbox(AppDbContext context, UnitOfWork unitOfWork) : IMailOutbox
{
    public void Add(OutboxMail mail) => context.OutboxMails.Add(mail);

    public void Hasten(Guid userId, DateTimeOffset now, TimeSpan lease) =>
        unitOfWork.Add(token =>
            context
                .OutboxMails.Where(mail =>
                    mail.UserId == userId && mail.CanWait && mail.FinishedAt == null && mail.NextAttemptAt > now + lease
                )
                .ExecuteUpdateAsync(set => set.SetProperty(mail => mail.NextAttemptAt, now), token)
        );

    public async Task<IReadOnlyList<OutboxMail>> TakeDueAsync(
        bool canWait,
        DateTimeOffset now,
        int max,
        TimeSpan lease,
        CancellationToken cancellationToken
    )
    {
        var due = await context
            .OutboxMails.AsNoTracking()
            .Where(mail => mail.FinishedAt == null && mail.CanWait == canWait && mail.NextAttemptAt <= now)
            .OrderBy(mail => mail.NextAttemptAt)
            .Take(max)
            .ToListAsync(cancellationToken);
        List<OutboxMail> taken = [];
        foreach (var mail in due)
        {
            if (await TryTakeAsync(mail, now + lease, cancellationToken))
            {
                taken.Add(mail);
            }
        }

        return taken;
    }

    public Task StoreAsync(OutboxMail mail, CancellationToken cancellationToken) =>
        context.WriteAsync(
            () =>
                context
                    .OutboxMails.Where(row => row.Id == mail.Id && row.FinishedAt == null)
                    .ExecuteUpdateAsync(
                        set =>
                            set.SetProperty(row => row.Status, mail.Status)
                                .SetProperty(row => row.FinishedAt, mail.FinishedAt)
                                .SetProperty(row => row.NextAttemptAt, mail.NextAttemptAt)
                                .SetProperty(row => row.Attempts, mail.Attempts)
                                .SetProperty(row => row.LastError, mail.LastError)
                                .SetProperty(row => row.UserId, mail.UserId)
                                .SetProperty(row => row.Address, mail.Address),
                        cancellationToken
                    ),
            cancellationToken
        );

    // Several instances may have read the same due time; the update succeeds for only one of them.
    private async Task<bool> TryTakeAsync(OutboxMail mail, DateTimeOffset until, CancellationToken cancellationToken) =>
        await context.WriteAsync(
            () =>
                context
                    .OutboxMails.Where(row =>
                        row.Id == mail.Id && row.FinishedAt == null && row.NextAttemptAt == mail.NextAttemptAt
                    )
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextAttemptAt, until), cancellationToken),
            cancellationToken
        ) == 1;
}

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
                .OutboxMails.Where(mail => mail.UserId == userId && mail.CanWait && mail.FinishedAt == null)
                .HastenAsync(now, lease, token)
        );

    public Task<IReadOnlyList<OutboxMail>> TakeDueAsync(
        bool canWait,
        DateTimeOffset now,
        int max,
        TimeSpan lease,
        CancellationToken cancellationToken
    ) =>
        context.TakeAsync(
            context.OutboxMails.Where(mail =>
                mail.FinishedAt == null && mail.CanWait == canWait && mail.NextAttemptAt <= now
            ),
            max,
            now + lease,
            cancellationToken
        );

    public Task StoreAsync(OutboxMail mail, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var pending = context.OutboxMails.Where(row => row.Id == mail.Id && row.FinishedAt == null);
        return context.WriteAsync(
            () =>
                mail.PostponedFrom is { } claimedUntil
                    ? pending.PostponeAsync(claimedUntil, mail.NextAttemptAt, now, cancellationToken)
                    : pending.ExecuteUpdateAsync(
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
    }
}

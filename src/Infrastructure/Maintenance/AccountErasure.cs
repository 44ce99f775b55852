using System.Linq.Expressions;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Lists;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Maintenance;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Audit;
using Fitnessify.Infrastructure.Mail;
using Fitnessify.Infrastructure.Notifications;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Persistence.Paging;
using Fitnessify.Infrastructure.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Maintenance;

/// <summary>Deletes by ranges of indexes; what is left at the end is little and goes with the row of the account.</summary>
internal sealed class AccountErasure(AppDbContext context, IMailTransport transport) : IAccountErasure
{
    private IQueryable<Account> Deleted => context.StoredAccounts.Where(user => user.DeletedAt != null);

    public async Task<bool> EraseAsync(int batchSize, CancellationToken cancellationToken)
    {
        if (
            await Deleted
                .OrderBy(user => user.DeletedAt)
                .Select(user => (Guid?)user.Id)
                .FirstOrDefaultAsync(cancellationToken)
            is not { } id
        )
        {
            return false;
        }

        foreach (var batch in BatchesOf(id, batchSize, cancellationToken))
        {
            if (await context.WriteAsync(batch, cancellationToken) > 0)
            {
                return true;
            }
        }

        await context.WriteAsync(
            () => Deleted.Where(user => user.Id == id).ExecuteDeleteAsync(cancellationToken),
            cancellationToken
        );
        return true;
    }

    private IEnumerable<Func<Task<int>>> BatchesOf(Guid id, int size, CancellationToken token)
    {
        yield return () => EraseAsync<TaskItem>(task => task.OwnerId == id && task.DeletedAt == null);
        yield return () => EraseAsync<TaskItem>(task => task.OwnerId == id && task.DeletedAt != null);
        yield return () => EraseAsync<TaskList>(list => list.OwnerId == id);
        yield return async () =>
        {
            var told = context.Notifications.Where(notification => notification.OwnerId == id);
            var last = await told.Select(row => row.Sequence).EndOfBatchAsync(size, token);
            return await told.Where(notification => notification.Sequence <= last).ExecuteDeleteAsync(token);
        };
        yield return () =>
            context
                .Sessions.Where(session => session.OwnerId == id)
                .OrderBy(session => session.CreatedAt)
                .Take(size)
                .ExecuteDeleteAsync(token);
        yield return () =>
            context.DeleteMailsAsync(
                context.OutboxMails.Where(mail => mail.UserId == id).OrderBy(mail => mail.CreatedAt).Take(size),
                transport,
                token
            );
        yield return () => AuditTraces.EraseToAsync(context, id, size, token);
        yield return () => AuditTraces.EraseByAsync(context, id, size, token);

        async Task<int> EraseAsync<T>(Expression<Func<T, bool>> part)
            where T : class, IVersioned
        {
            var items = context.Set<T>().Where(part);
            var last = await items.Select(item => item.Version).EndOfBatchAsync(size, token);
            return await items.Where(item => item.Version <= last).ExecuteDeleteAsync(token);
        }
    }
}

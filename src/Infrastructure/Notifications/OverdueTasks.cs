using Fitnessify.Domain.Notifications;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Notifications;

internal sealed class OverdueTasks(AppDbContext context, UnitOfWork unitOfWork) : IOverdueTasks
{
    public async Task<IReadOnlyList<OverdueTask>> ListAsync(
        DateTimeOffset now,
        int limit,
        CancellationToken cancellationToken
    ) =>
        await (
            from task in context.Tasks
            where EF.Property<DateTimeOffset?>(task, TaskColumns.UnsettledDueAt) < now
            orderby EF.Property<DateTimeOffset?>(task, TaskColumns.UnsettledDueAt)
            join user in context.Accounts on task.OwnerId equals user.Id
            select new OverdueTask(
                task.Id,
                task.OwnerId,
                task.Title,
                task.DueAt!.Value,
                context.Set<Notification>().Any(told => told.TaskId == task.Id && told.DueAt == task.DueAt),
                user.EmailConfirmed,
                EF.Property<bool>(user, NotificationColumns.NotifiedByEmail)
            )
        )
            .Take(limit)
            .ToListAsync(cancellationToken);

    public void Settle(DateTimeOffset now) => unitOfWork.Add(token => SettleAsync(now, token));

    // A task that was changed meanwhile is settled only for the due time that its owner was notified of.
    internal Task<int> SettleAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        context
            .Tasks.Where(task =>
                EF.Property<DateTimeOffset?>(task, TaskColumns.UnsettledDueAt) < now
                && context
                    .Set<Notification>()
                    .Any(told =>
                        told.TaskId == task.Id
                        && told.DueAt == EF.Property<DateTimeOffset?>(task, TaskColumns.UnsettledDueAt)
                    )
            )
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(
                            task => EF.Property<DateTimeOffset?>(task, TaskColumns.NotifiedDueAt),
                            task => EF.Property<DateTimeOffset?>(task, TaskColumns.UnsettledDueAt)
                        )
                        .SetProperty(
                            task => EF.Property<DateTimeOffset?>(task, TaskColumns.UnsettledDueAt),
                            (DateTimeOffset?)null
                        ),
                cancellationToken
            );
}

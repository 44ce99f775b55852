using System.Linq.Expressions;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Notifications;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Notifications;

internal sealed class NotificationSettingsRepository(AppDbContext context, UnitOfWork unitOfWork)
    : INotificationSettingsRepository
{
    private static readonly Expression<Func<Account, NotificationSettings>> ToSettings =
        account => new NotificationSettings(
            EF.Property<bool>(account, NotificationColumns.NotifiedByEmail),
            EF.Property<bool>(account, NotificationColumns.NotifiedByPush),
            EF.Property<TimeOnly?>(account, NotificationColumns.QuietFrom),
            EF.Property<TimeOnly?>(account, NotificationColumns.QuietTo)
        );

    public async Task<NotificationSettings> GetAsync(Guid ownerId, CancellationToken cancellationToken) =>
        await context
            .Accounts.Where(account => account.Id == ownerId)
            .Select(ToSettings)
            .SingleOrDefaultAsync(cancellationToken)
        ?? NotificationSettings.Default;

    // The settings have a statement of their own, so that they do not conflict with another change of the account.
    public void Set(Guid ownerId, NotificationSettings settings) =>
        unitOfWork.Add(token =>
            context
                .Accounts.Where(account => account.Id == ownerId)
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(
                                account => EF.Property<bool>(account, NotificationColumns.NotifiedByEmail),
                                settings.Email
                            )
                            .SetProperty(
                                account => EF.Property<bool>(account, NotificationColumns.NotifiedByPush),
                                settings.Push
                            )
                            .SetProperty(
                                account => EF.Property<TimeOnly?>(account, NotificationColumns.QuietFrom),
                                settings.QuietFrom
                            )
                            .SetProperty(
                                account => EF.Property<TimeOnly?>(account, NotificationColumns.QuietTo),
                                settings.QuietTo
                            ),
                    token
                )
        );
}

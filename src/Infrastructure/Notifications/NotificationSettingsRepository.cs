using System.Linq.Expressions;
using Fitnessify.Domain.Notifications;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Notifications;

internal sealed class NotificationSettingsRepository(AppDbContext context) : INotificationSettingsRepository
{
    private static readonly Expression<Func<AppUser, NotificationSettings>> ToSettings =
        user => new NotificationSettings(user.NotifiedByEmail, user.QuietFrom, user.QuietTo, user.TimeZone);

    public async Task<NotificationSettings> GetAsync(Guid ownerId, CancellationToken cancellationToken) =>
        await context.Users.Where(user => user.Id == ownerId).Select(ToSettings).SingleOrDefaultAsync(cancellationToken)
        ?? NotificationSettings.Default;

    // Past Identity's stamps: settings shall not make another change of the account fail, nor be refused because of one.
    public void Set(Guid ownerId, NotificationSettings settings) =>
        context.OnSave(token =>
            context
                .Users.Where(user => user.Id == ownerId)
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(user => user.NotifiedByEmail, settings.Email)
                            .SetProperty(user => user.QuietFrom, settings.QuietFrom)
                            .SetProperty(user => user.QuietTo, settings.QuietTo)
                            .SetProperty(user => user.TimeZone, settings.TimeZone),
                    token
                )
        );
}

using Fitnessify.Domain.Notifications;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Notifications;

internal static class NotificationTables
{
    extension(AppDbContext context)
    {
        public DbSet<Notification> Notifications => context.Set<Notification>();
    }
}

using Fitnessify.Domain.Notifications;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Notifications;

/// <summary>The tables of this room.</summary>
internal static class NotificationTables
{
    extension(AppDbContext context)
    {
        public DbSet<Notification> Notifications => context.Set<Notification>();
    }
}

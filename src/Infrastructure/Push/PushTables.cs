using Fitnessify.Domain.Push;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Push;

/// <summary>The tables of this room.</summary>
internal static class PushTables
{
    extension(AppDbContext context)
    {
        public DbSet<Device> Devices => context.Set<Device>();

        public DbSet<PushDelivery> PushDeliveries => context.Set<PushDelivery>();

        /// <summary>The devices whose session is live. The rows of the others are deleted at night.</summary>
        public IQueryable<Device> LiveDevices(DateTimeOffset now) =>
            from device in context.Devices
            join session in context.Sessions on device.SessionId equals session.Id
            where session.RevokedAt == null && session.ExpiresAt > now
            select device;
    }
}

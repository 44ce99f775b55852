using Fitnessify.Domain.Common;
using Fitnessify.Domain.Push;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Push;

internal sealed class DeviceRepository(AppDbContext context, UnitOfWork unitOfWork, AccountLock accountLock)
    : IDeviceRepository
{
    public Task<Device?> FindAsync(Guid ownerId, Guid id, DateTimeOffset now, CancellationToken cancellationToken) =>
        context
            .LiveDevices(now)
            .SingleOrDefaultAsync(device => device.OwnerId == ownerId && device.Id == id, cancellationToken);

    public async Task<IReadOnlyList<Device>> ListAsync(
        Guid ownerId,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        await context
            .LiveDevices(now)
            .AsNoTracking()
            .Where(device => device.OwnerId == ownerId)
            .OrderByDescending(device => device.LastSeenAt)
            .ThenBy(device => device.Id)
            .ToListAsync(cancellationToken);

    public void Put(Device device, DateTimeOffset now)
    {
        if (context.Entry(device).State == EntityState.Detached)
        {
            context.Devices.Add(device);
        }

        unitOfWork.Add(new Registration(context, accountLock, device, now));
    }

    public void Remove(Device device) => unitOfWork.Add(token => OfDevice(context, device).ExecuteDeleteAsync(token));

    private static IQueryable<Device> OfDevice(AppDbContext context, Device device) =>
        context.Devices.Where(row => row.OwnerId == device.OwnerId && row.Id == device.Id);

    private sealed class Registration(AppDbContext context, AccountLock accountLock, Device device, DateTimeOffset now)
        : ISaveStep
    {
        public async Task<Error?> BeforeAsync(CancellationToken cancellationToken)
        {
            await accountLock.TakeAsync(device.OwnerId, cancellationToken);
            await context
                .Devices.Where(other =>
                    other.AddressHash == device.AddressHash
                    && (other.OwnerId != device.OwnerId || other.Id != device.Id)
                )
                .ExecuteDeleteAsync(cancellationToken);
            if (context.Entry(device).State == EntityState.Added)
            {
                // What is left of the device of a session that has ended.
                await OfDevice(context, device).ExecuteDeleteAsync(cancellationToken);
                await EvictAsync(cancellationToken);
            }

            return null;
        }

        private async Task EvictAsync(CancellationToken cancellationToken)
        {
            var evicted = await context
                .LiveDevices(now)
                .Where(other => other.OwnerId == device.OwnerId)
                .OrderByDescending(other => other.LastSeenAt)
                .ThenBy(other => other.Id)
                .Select(other => other.Id)
                .Skip(Device.MaxPerUser - 1)
                .ToListAsync(cancellationToken);
            if (evicted.Count > 0)
            {
                await context
                    .Devices.Where(other => other.OwnerId == device.OwnerId && evicted.Contains(other.Id))
                    .ExecuteDeleteAsync(cancellationToken);
            }
        }
    }
}

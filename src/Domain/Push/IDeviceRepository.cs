namespace Fitnessify.Domain.Push;

/// <summary>Stores devices. Those of another user, and those whose session has ended, are never found.</summary>
public interface IDeviceRepository
{
    /// <summary>Loads a device for a change in the unit of work; null if there is none.</summary>
    Task<Device?> FindAsync(Guid ownerId, Guid id, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Lists the devices of a user, the latest seen first.</summary>
    Task<IReadOnlyList<Device>> ListAsync(Guid ownerId, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// Stores a new or changed device in the unit of work. Its address leaves every other device, of any user, which is removed;
    /// beyond <see cref="Device.MaxPerUser"/>, the device that was not seen for longest is removed too. If the same device or
    /// address is stored at the same moment, the save fails with <c>state_conflict</c>.
    /// </summary>
    void Put(Device device, DateTimeOffset now);

    /// <summary>Removes a device and what waits for it in the unit of work.</summary>
    void Remove(Device device);
}

namespace Fitnessify.Application.Push;

/// <summary>The outcome of a registration.</summary>
/// <param name="Device">The device.</param>
/// <param name="IsNew">Whether there was none with this id.</param>
public sealed record RegisteredDevice(DeviceDto Device, bool IsNew);

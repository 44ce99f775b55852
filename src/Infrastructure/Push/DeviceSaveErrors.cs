using Fitnessify.Domain.Common;
using Fitnessify.Domain.Push;
using Fitnessify.Infrastructure.Persistence;

namespace Fitnessify.Infrastructure.Push;

internal sealed class DeviceSaveErrors : ISaveErrors
{
    public IReadOnlyDictionary<string, Error> UniqueIndexes { get; } =
        new Dictionary<string, Error>
        {
            [DeviceIndexes.PrimaryKey] = PushErrors.DeviceChanged,
            [DeviceIndexes.Address] = PushErrors.DeviceChanged,
        };

    // The device was removed since it was read.
    public Error? FindLostUpdate(object entity) => entity is Device ? PushErrors.DeviceChanged : null;
}

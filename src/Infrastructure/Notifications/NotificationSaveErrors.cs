using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Persistence;

namespace Fitnessify.Infrastructure.Notifications;

internal sealed class NotificationSaveErrors : ISaveErrors
{
    public IReadOnlyDictionary<string, Error> UniqueIndexes { get; } =
        new Dictionary<string, Error> { [NotificationIndexes.Once] = TaskErrors.StateConflict };
}

using Fitnessify.Domain.Common;
using Fitnessify.Domain.Lists;
using Fitnessify.Infrastructure.Persistence;

namespace Fitnessify.Infrastructure.Lists;

internal sealed class ListSaveErrors : ISaveErrors
{
    // That another user has the id must not show.
    public IReadOnlyDictionary<string, Error> UniqueIndexes { get; } =
        new Dictionary<string, Error>
        {
            [ListIndexes.UniqueId] = CommonErrors.NotFound,
            [ListIndexes.PrimaryKey] = CommonErrors.NotFound,
        };

    public Error? FindLostUpdate(object entity) => entity is TaskList ? CommonErrors.PreconditionFailed : null;
}

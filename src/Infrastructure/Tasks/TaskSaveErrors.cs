using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Persistence;

namespace Fitnessify.Infrastructure.Tasks;

internal sealed class TaskSaveErrors : ISaveErrors
{
    // That another user has the id must not show.
    public IReadOnlyDictionary<string, Error> UniqueIndexes { get; } =
        new Dictionary<string, Error>
        {
            [TaskColumns.UniqueId] = CommonErrors.NotFound,
            [TaskColumns.PrimaryKey] = CommonErrors.NotFound,
            // It holds the id, too, and SQLite may check it first.
            [TaskColumns.Position] = CommonErrors.NotFound,
        };

    public Error? FindLostUpdate(object entity) => entity is TaskItem ? CommonErrors.PreconditionFailed : null;
}

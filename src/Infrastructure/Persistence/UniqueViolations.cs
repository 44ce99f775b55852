using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Passkeys;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Notifications;
using Fitnessify.Infrastructure.Passkeys;
using Fitnessify.Infrastructure.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Fitnessify.Infrastructure.Persistence;

/// <summary>Which expected failure a violated unique index stands for.</summary>
internal static class UniqueViolations
{
    private static readonly FrozenDictionary<string, Error> Errors = new Dictionary<string, Error>
    {
        [UserIndexes.Username] = UserErrors.UsernameTaken,
        [UserIndexes.Email] = UserErrors.EmailTaken,
        // Whose it is shall not show.
        [TaskColumns.UniqueId] = CommonErrors.NotFound,
        [TaskColumns.PrimaryKey] = CommonErrors.NotFound,
        [PasskeyColumns.PrimaryKey] = PasskeyErrors.PasskeyInvalid,
        [NotificationIndexes.Once] = TaskErrors.StateConflict,
    }.ToFrozenDictionary();

    /// <summary>The failure, or null when the index is none that input can violate.</summary>
    /// <param name="model">Knows the columns of each index.</param>
    /// <param name="message">SQL Server names the index in it, in any language, each with its own quotes or none; SQLite lists the columns.</param>
    public static Error? ErrorFor(IModel model, string message) =>
        model
            .GetEntityTypes()
            .SelectMany(UniqueNames)
            .Where(unique =>
                Regex.IsMatch(message, $@"(?<!\w){Regex.Escape(unique.Name)}(?!\w)")
                || message.EndsWith($": {unique.Columns}'.", StringComparison.Ordinal)
            )
            .Select(unique => Errors.GetValueOrDefault(unique.Name))
            .FirstOrDefault();

    private static IEnumerable<(string Name, string Columns)> UniqueNames(IEntityType type) =>
        // What is stored within a JSON column has keys without a name.
        type.GetKeys()
            .Where(key => key.GetName() is not null)
            .Select(key => (key.GetName()!, Columns(type, key.Properties)))
            .Concat(
                type.GetIndexes()
                    .Where(index => index.IsUnique)
                    .Select(index => (index.GetDatabaseName()!, Columns(type, index.Properties)))
            );

    private static string Columns(IEntityType type, IEnumerable<IProperty> properties) =>
        string.Join(", ", properties.Select(property => $"{type.GetTableName()}.{property.GetColumnName()}"));
}

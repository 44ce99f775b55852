using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Users;
using Fitnessify.Infrastructure.Persistence.Configurations;
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
    }.ToFrozenDictionary();

    /// <summary>The failure, or null when the index is none that input can violate.</summary>
    /// <param name="model">Knows the columns of each index.</param>
    /// <param name="message">SQL Server names the index in it, in any language, each with its own quotes or none; SQLite lists the columns.</param>
    public static Error? ErrorFor(IModel model, string message) =>
        model
            .GetEntityTypes()
            .SelectMany(type => type.GetIndexes())
            .Where(index =>
                index.IsUnique
                && (
                    Regex.IsMatch(message, $@"(?<!\w){Regex.Escape(index.GetDatabaseName()!)}(?!\w)")
                    || message.EndsWith($": {Columns(index)}'.", StringComparison.Ordinal)
                )
            )
            .Select(index => Errors.GetValueOrDefault(index.GetDatabaseName()!))
            .FirstOrDefault();

    private static string Columns(IIndex index) =>
        string.Join(
            ", ",
            index.Properties.Select(property =>
                $"{index.DeclaringEntityType.GetTableName()}.{property.GetColumnName()}"
            )
        );
}

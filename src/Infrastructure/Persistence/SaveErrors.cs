using System.Collections.Frozen;
using System.Data.Common;
using System.Text.RegularExpressions;
using Fitnessify.Domain.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Fitnessify.Infrastructure.Persistence;

/// <summary>Translates what the database refuses into the errors that the rooms have registered.</summary>
internal sealed class SaveErrors(IEnumerable<ISaveErrors> rooms)
{
    private readonly ISaveErrors[] _rooms = [.. rooms];

    private readonly FrozenDictionary<string, Error> _uniqueIndexes = rooms
        .SelectMany(room => room.UniqueIndexes)
        .ToFrozenDictionary();

    /// <summary>The expected failure, or null when the exception is a bug or an outage.</summary>
    public Error? Find(AppDbContext context, DbUpdateException exception) =>
        exception is DbUpdateConcurrencyException lost ? FindLostUpdate(lost)
        : exception.InnerException is not DbException cause ? null
        : context.IsMissingOwner(cause) ? OwnerGone
        : context.IsUniqueViolation(cause) ? FindUniqueViolation(context.Model, cause.Message)
        : null;

    /// <summary>The failure that a violated unique index stands for, or null when input cannot violate that index.</summary>
    /// <param name="model">Knows the columns of each index.</param>
    /// <param name="message">SQL Server names the index in it, in any language, each with its own quotes or none; SQLite lists the columns.</param>
    internal Error? FindUniqueViolation(IModel model, string message)
    {
        // The values of the key follow in parentheses; a client has chosen them.
        var named = message.Split('(')[0];
        return model
            .GetEntityTypes()
            .SelectMany(UniqueNames)
            .Where(unique =>
                Regex.IsMatch(named, $@"(?<!\w){Regex.Escape(unique.Name)}(?!\w)")
                || message.EndsWith($": {unique.Columns}'.", StringComparison.Ordinal)
            )
            .Select(unique => _uniqueIndexes.GetValueOrDefault(unique.Name))
            .FirstOrDefault();
    }

    private Error? OwnerGone => _rooms.Select(room => room.OwnerGone).FirstOrDefault(error => error is not null);

    // Whatever no room knows has gone with the account.
    private Error? FindLostUpdate(DbUpdateConcurrencyException exception) =>
        exception.Entries.Select(entry => entry.Entity).FirstOrDefault() is { } entity
        && _rooms.Select(room => room.FindLostUpdate(entity)).FirstOrDefault(error => error is not null) is { } error
            ? error
            : OwnerGone;

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

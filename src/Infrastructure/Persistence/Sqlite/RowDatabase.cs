using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Update;

namespace Fitnessify.Infrastructure.Persistence.Sqlite;

/// <summary>
/// Saves one new or changed row by a statement that is built once. EF Core generates, sorts and batches the commands of each save anew,
/// which takes longer than SQLite needs to write the row; it still does so for saves of several rows and for deletions.
/// </summary>
internal sealed class RowDatabase(
    DatabaseDependencies dependencies,
    RelationalDatabaseDependencies relationalDependencies,
    IRelationalCommandBuilderFactory builders,
    ISqlGenerationHelper sql,
    ICurrentDbContext current,
    IRelationalCommandDiagnosticsLogger logger
) : RelationalDatabase(dependencies, relationalDependencies)
{
    public override Task<int> SaveChangesAsync(
        IList<IUpdateEntry> entries,
        CancellationToken cancellationToken = default
    ) =>
        entries is [var entry] && RowStatements.Of(entry.EntityType).Find(entry, builders, sql) is { } statement
            ? ExecuteAsync(entry, statement, cancellationToken)
            : base.SaveChangesAsync(entries, cancellationToken);

    private async Task<int> ExecuteAsync(
        IUpdateEntry entry,
        RowStatement statement,
        CancellationToken cancellationToken
    )
    {
        var parameters = new RelationalCommandParameterObject(
            RelationalDependencies.Connection,
            statement.ValuesOf(entry),
            null,
            current.Context,
            logger,
            CommandSource.SaveChanges
        );
        try
        {
            if (await statement.Command.ExecuteNonQueryAsync(parameters, cancellationToken) == 1)
            {
                return 1;
            }
        }
        catch (DbException exception)
        {
            throw new DbUpdateException("The row was not saved.", exception, [entry]);
        }

        throw new DbUpdateConcurrencyException("The row has been changed or deleted since it was read.", [entry]);
    }
}

using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Persistence.SqlServer;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Maintenance.Copying;

/// <summary>Records the progress of a copy in a table of the target, which exists until the copy has succeeded.</summary>
internal sealed class CopyProgress(AppDbContext target)
{
    private const string Table = "__CopyProgress";

    /// <summary>Returns whether an unfinished copy into this database exists.</summary>
    public static async Task<bool> IsInAsync(AppDbContext database, CancellationToken cancellationToken)
    {
        var tables =
            database is SqlServerDbContext
                ? database.Database.SqlQuery<int>($"SELECT 1 AS [Value] FROM sys.tables WHERE name = {Table}")
                : database.Database.SqlQuery<int>($"SELECT 1 AS \"Value\" FROM sqlite_master WHERE name = {Table}");
        return (await tables.ToListAsync(cancellationToken)).Count > 0;
    }

    /// <summary>Creates the table, in the current transaction.</summary>
    public Task BeginAsync(IEnumerable<CopyTable> tables, CancellationToken cancellationToken)
    {
        var rows = tables.Select(table => $"('{table.Name}', 0, '{default(RowChecksum).Text}')");
        // Only names of the model are part of the statement.
        var script = $"""
            CREATE TABLE "{Table}" ("Name" varchar(128) NOT NULL PRIMARY KEY, "Rows" bigint NOT NULL, "Sum" char(32) NOT NULL);
            INSERT INTO "{Table}" VALUES {string.Join(", ", rows)};
            """;
        return target.Database.ExecuteSqlRawAsync(script, cancellationToken);
    }

    /// <summary>Reads the rows and the checksum of each copied table.</summary>
    public async Task<Dictionary<string, RowChecksum>> ReadAsync(CancellationToken cancellationToken) =>
        (
            await target
                .Database.SqlQueryRaw<Entry>($"SELECT \"Name\", \"Rows\", \"Sum\" FROM \"{Table}\"")
                .ToListAsync(cancellationToken)
        ).ToDictionary(entry => entry.Name, entry => RowChecksum.Read(entry.Rows, entry.Sum));

    /// <summary>Records the progress, in the transaction that writes the rows.</summary>
    public Task WriteAsync(string table, RowChecksum sum, CancellationToken cancellationToken) =>
        target.Database.ExecuteSqlRawAsync(
            $$"""UPDATE "{{Table}}" SET "Rows" = {0}, "Sum" = {1} WHERE "Name" = {2}""",
            [sum.Rows, sum.Text, table],
            cancellationToken
        );

    /// <summary>Deletes the table, after a verified copy or if nothing was copied.</summary>
    public Task EndAsync(CancellationToken cancellationToken) =>
        target.Database.ExecuteSqlRawAsync($"DROP TABLE \"{Table}\"", cancellationToken);

    private sealed record Entry(string Name, long Rows, string Sum);
}

using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Persistence.SqlServer;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Maintenance.Copying;

/// <summary>What has been copied: a table of the target that is there from the beginning of a copy to its good end.</summary>
internal sealed class CopyProgress(AppDbContext target)
{
    private const string Table = "__CopyProgress";

    /// <summary>Whether a copy into this database has begun and not ended.</summary>
    public static async Task<bool> IsInAsync(AppDbContext database, CancellationToken cancellationToken)
    {
        var tables =
            database is SqlServerDbContext
                ? database.Database.SqlQuery<int>($"SELECT 1 AS [Value] FROM sys.tables WHERE name = {Table}")
                : database.Database.SqlQuery<int>($"SELECT 1 AS \"Value\" FROM sqlite_master WHERE name = {Table}");
        return (await tables.ToListAsync(cancellationToken)).Count > 0;
    }

    /// <summary>Begins, within the transaction at hand.</summary>
    public Task BeginAsync(IEnumerable<CopyTable> tables, CancellationToken cancellationToken)
    {
        var rows = tables.Select(table => $"('{table.Name}', 0, '{default(RowChecksum).Text}')");
        // Of names of the model only.
        var script = $"""
            CREATE TABLE "{Table}" ("Name" varchar(128) NOT NULL PRIMARY KEY, "Rows" bigint NOT NULL, "Sum" char(32) NOT NULL);
            INSERT INTO "{Table}" VALUES {string.Join(", ", rows)};
            """;
        return target.Database.ExecuteSqlRawAsync(script, cancellationToken);
    }

    /// <summary>What each table holds that was copied.</summary>
    public async Task<Dictionary<string, RowChecksum>> ReadAsync(CancellationToken cancellationToken) =>
        (
            await target
                .Database.SqlQueryRaw<Entry>($"SELECT \"Name\", \"Rows\", \"Sum\" FROM \"{Table}\"")
                .ToListAsync(cancellationToken)
        ).ToDictionary(entry => entry.Name, entry => RowChecksum.Read(entry.Rows, entry.Sum));

    /// <summary>Notes it, within the transaction of the rows.</summary>
    public Task WriteAsync(string table, RowChecksum sum, CancellationToken cancellationToken) =>
        target.Database.ExecuteSqlRawAsync(
            $$"""UPDATE "{{Table}}" SET "Rows" = {0}, "Sum" = {1} WHERE "Name" = {2}""",
            [sum.Rows, sum.Text, table],
            cancellationToken
        );

    /// <summary>All is copied and verified, or nothing was begun.</summary>
    public Task EndAsync(CancellationToken cancellationToken) =>
        target.Database.ExecuteSqlRawAsync($"DROP TABLE \"{Table}\"", cancellationToken);

    private sealed record Entry(string Name, long Rows, string Sum);
}

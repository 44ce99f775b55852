using System.Data.Common;
using System.Runtime.CompilerServices;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Persistence.SqlServer;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Fitnessify.Infrastructure.Maintenance.Copying;

/// <summary>A table of one database, and how it is read and written there.</summary>
internal sealed class CopyTable
{
    // SQL Server takes 2100 parameters and 1000 rows in a statement.
    private const int MaxParameters = 2000;
    private const int MaxRows = 1000;

    private readonly AppDbContext _context;
    private readonly CopySql _sql;

    private CopyTable(AppDbContext context, ITable table)
    {
        _context = context;
        Name = table.Name;
        Columns = [.. table.Columns.Select(Column).OrderBy(column => column.Name, StringComparer.Ordinal)];
        Seeds = table
            .EntityTypeMappings.Select(mapping => (IEntityType)mapping.TypeBase)
            .Sum(type => type.GetSeedData().Count());
        _sql = new CopySql(
            context.GetService<ISqlGenerationHelper>(),
            context is SqlServerDbContext,
            Name,
            [.. Columns.Select(column => column.Name)],
            [.. table.PrimaryKey!.Columns.Select(column => column.Name)],
            context is SqlServerDbContext && table.Columns.Any(IsNumberedByTheDatabase)
        );
    }

    public string Name { get; }

    public IReadOnlyList<CopyColumn> Columns { get; }

    /// <summary>How many rows the migrations put into it.</summary>
    public int Seeds { get; }

    /// <summary>All tables of the model: those that others refer to come before them.</summary>
    public static IReadOnlyList<CopyTable> Of(AppDbContext context)
    {
        var model = context.GetService<IDesignTimeModel>().Model.GetRelationalModel();
        List<ITable> ordered = [];
        foreach (var table in model.Tables.OrderBy(table => table.Name, StringComparer.Ordinal))
        {
            Add(table);
        }

        return [.. ordered.Select(table => new CopyTable(context, table))];

        void Add(ITable table)
        {
            foreach (var key in table.ForeignKeyConstraints.Where(key => key.PrincipalTable != table))
            {
                Add(key.PrincipalTable);
            }

            if (!ordered.Contains(table))
            {
                ordered.Add(table);
            }
        }
    }

    /// <summary>All rows, as they come.</summary>
    public async Task<RowChecksum> SumAsync(CancellationToken cancellationToken)
    {
        var sum = new RowChecksum();
        await using var command = NewCommand(_sql.SelectAll);
        await foreach (var row in ReadAsync(command, cancellationToken))
        {
            sum = Add(sum, row);
        }

        return sum;
    }

    /// <summary>With one more row of this table.</summary>
    public RowChecksum Add(RowChecksum sum, object?[] row) =>
        sum.With(row.Select((value, i) => Columns[i].Neutral(value)));

    /// <summary>The next rows by primary key.</summary>
    /// <param name="last">The row before the first of them; null for none.</param>
    /// <param name="skip">How many to leave out.</param>
    /// <param name="count">How many at most.</param>
    public async Task<List<object?[]>> ReadAsync(
        object?[]? last,
        long skip,
        int count,
        CancellationToken cancellationToken
    )
    {
        await using var command = NewCommand(_sql.SelectPage(last is not null, skip, count));
        for (var i = 0; last is not null && i < _sql.Key.Count; i++)
        {
            Columns[_sql.Key[i]].Bind(command, CopySql.Parameter(0, i), last[_sql.Key[i]]);
        }

        List<object?[]> rows = [];
        await foreach (var row in ReadAsync(command, cancellationToken))
        {
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>Adds the rows, within the transaction at hand.</summary>
    public async Task WriteAsync(IReadOnlyList<object?[]> rows, CancellationToken cancellationToken)
    {
        foreach (var chunk in rows.Chunk(Math.Min(MaxRows, MaxParameters / Columns.Count)))
        {
            await using var command = NewCommand(_sql.Insert(chunk.Length));
            for (var row = 0; row < chunk.Length; row++)
            {
                for (var i = 0; i < Columns.Count; i++)
                {
                    Columns[i].Bind(command, CopySql.Parameter(row, i), chunk[row][i]);
                }
            }

            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>Takes all rows away, within the transaction at hand.</summary>
    public async Task ClearAsync(CancellationToken cancellationToken)
    {
        await using var command = NewCommand(_sql.DeleteAll);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async IAsyncEnumerable<object?[]> ReadAsync(
        DbCommand command,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return [.. Columns.Select((column, i) => column.Read(reader, i))];
        }
    }

    private DbCommand NewCommand(string text)
    {
        var command = _context.Database.GetDbConnection().CreateCommand();
        command.Transaction = _context.Database.CurrentTransaction?.GetDbTransaction();
        command.CommandText = text;
        command.CommandTimeout = 0;
        return command;
    }

    private CopyColumn Column(IColumn column) =>
        column.PropertyMappings.Count > 0
            ? CopyColumn.Of(column)
            : new CopyJsonColumn(
                column.Name,
                column
                    .Table.Model.Model.GetEntityTypes()
                    .Single(type =>
                        type.IsMappedToJson()
                        && type.GetTableName() == column.Table.Name
                        && type.GetContainerColumnName() == column.Name
                    ),
                _context.GetService<IRelationalTypeMappingSource>().FindMapping(typeof(string))!
            );

    private static bool IsNumberedByTheDatabase(IColumn column) =>
        column.PropertyMappings.Any(mapping =>
            SqlServerPropertyExtensions.GetValueGenerationStrategy(mapping.Property)
            == SqlServerValueGenerationStrategy.IdentityColumn
        );
}

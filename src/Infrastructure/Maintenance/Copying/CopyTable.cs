using System.Data.Common;
using System.Runtime.CompilerServices;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Persistence.SqlServer;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Fitnessify.Infrastructure.Maintenance.Copying;

/// <summary>Reads and writes a table of one database.</summary>
internal sealed class CopyTable
{
    // SQL Server permits 2100 parameters and 1000 rows per statement.
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

    /// <summary>The number of rows that the migrations insert.</summary>
    public int Seeds { get; }

    /// <summary>Returns all tables of the model, each after the ones that it refers to.</summary>
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

    /// <summary>Computes the checksum of all rows.</summary>
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

    /// <summary>Adds a row of this table to a checksum.</summary>
    public RowChecksum Add(RowChecksum sum, object?[] row) =>
        sum.With(row.Select((value, i) => Columns[i].Neutral(value)));

    /// <summary>Reads the next rows in the order of the primary key.</summary>
    /// <param name="last">The row before the first one; null to start at the beginning.</param>
    /// <param name="skip">The number of rows to skip.</param>
    /// <param name="count">The largest number of rows.</param>
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

    /// <summary>Inserts the rows, in the current transaction.</summary>
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

    /// <summary>Deletes all rows, in the current transaction.</summary>
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

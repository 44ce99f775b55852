using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Fitnessify.Infrastructure.Persistence;

/// <summary>
/// Reads by statements that need no translation. What every start asks goes through here: the first query that EF Core
/// translates loads and compiles its translator, which takes a tenth of a start.
/// </summary>
internal static class RawSqlReads
{
    public static List<T> Read<T>(this AppDbContext context, string sql, Func<DbDataReader, T> read)
    {
        using var reader = Build(context, sql).ExecuteReader(Parameters(context));
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader.DbDataReader));
        }

        return rows;
    }

    public static async Task<List<T>> ReadAsync<T>(
        this AppDbContext context,
        string sql,
        Func<DbDataReader, T> read,
        CancellationToken cancellationToken
    )
    {
        await using var reader = await Build(context, sql).ExecuteReaderAsync(Parameters(context), cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader.DbDataReader));
        }

        return rows;
    }

    private static IRelationalCommand Build(AppDbContext context, string sql) =>
        context.GetService<IRawSqlCommandBuilder>().Build(sql);

    private static RelationalCommandParameterObject Parameters(AppDbContext context) =>
        new(
            context.GetService<IRelationalConnection>(),
            parameterValues: null,
            readerColumns: null,
            context,
            context.GetService<IRelationalCommandDiagnosticsLogger>()
        );
}

using Microsoft.EntityFrameworkCore.Storage;

namespace Fitnessify.Infrastructure.Maintenance.Copying;

/// <summary>The statements that copy a table, in the dialect of its database.</summary>
/// <param name="helper">Quotes identifiers.</param>
/// <param name="isSqlServer">Whether the database is SQL Server; otherwise it is SQLite.</param>
/// <param name="table">The name of the table.</param>
/// <param name="columns">The names of all columns.</param>
/// <param name="key">The names of the primary key's columns.</param>
/// <param name="isNumbered">Whether the table has an identity column.</param>
internal sealed class CopySql(
    ISqlGenerationHelper helper,
    bool isSqlServer,
    string table,
    IReadOnlyList<string> columns,
    IReadOnlyList<string> key,
    bool isNumbered
)
{
    private readonly string _table = helper.DelimitIdentifier(table);
    private readonly string _columns = string.Join(", ", columns.Select(helper.DelimitIdentifier));
    private readonly string[] _key = [.. key.Select(helper.DelimitIdentifier)];

    /// <summary>The indexes of the primary key's columns.</summary>
    public IReadOnlyList<int> Key { get; } = [.. key.Select(name => columns.ToList().IndexOf(name))];

    public string SelectAll => $"SELECT {_columns} FROM {_table}";

    public string DeleteAll => $"DELETE FROM {_table}";

    /// <summary>Returns the name of a parameter.</summary>
    public static string Parameter(int row, int column) => $"@p{row}_{column}";

    /// <summary>Selects some rows in the order of the primary key, after the row with the key in the parameters of row 0.</summary>
    public string SelectPage(bool isAfter, long skip, int count) =>
        $"{SelectAll}{(isAfter ? $" WHERE {After(0)}" : "")} ORDER BY {string.Join(", ", _key)} "
        + (isSqlServer ? $"OFFSET {skip} ROWS FETCH NEXT {count} ROWS ONLY" : $"LIMIT {count} OFFSET {skip}");

    public string Insert(int rows)
    {
        var values = Enumerable
            .Range(0, rows)
            .Select(row => $"({string.Join(", ", columns.Select((_, i) => Parameter(row, i)))})");
        var insert = $"INSERT INTO {_table} ({_columns}) VALUES {string.Join(", ", values)};";
        return isNumbered ? $"SET IDENTITY_INSERT {_table} ON; {insert} SET IDENTITY_INSERT {_table} OFF;" : insert;
    }

    // The leading comparison lets the database seek in the index; an "or" alone would make it scan all rows.
    private string After(int i) =>
        i == _key.Length - 1
            ? $"{_key[i]} > {Parameter(0, i)}"
            : $"({_key[i]} >= {Parameter(0, i)} AND ({_key[i]} > {Parameter(0, i)} OR {After(i + 1)}))";
}

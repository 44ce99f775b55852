using Microsoft.EntityFrameworkCore.Storage;

namespace Fitnessify.Infrastructure.Maintenance.Copying;

/// <summary>The statements that copy a table, in the words of its database.</summary>
/// <param name="helper">Quotes names.</param>
/// <param name="isSqlServer">Else SQLite.</param>
/// <param name="table">Its name.</param>
/// <param name="columns">All of them.</param>
/// <param name="key">Those of the primary key.</param>
/// <param name="isNumbered">Whether the database numbers the rows unless it is told not to.</param>
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

    /// <summary>Where among the columns those of the primary key are.</summary>
    public IReadOnlyList<int> Key { get; } = [.. key.Select(name => columns.ToList().IndexOf(name))];

    public string SelectAll => $"SELECT {_columns} FROM {_table}";

    public string DeleteAll => $"DELETE FROM {_table}";

    /// <summary>The name of a parameter.</summary>
    public static string Parameter(int row, int column) => $"@p{row}_{column}";

    /// <summary>A part of the rows, by primary key; after one whose key are the parameters of row 0.</summary>
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

    // Databases find the place by the first column: with "or" alone they would look at each row.
    private string After(int i) =>
        i == _key.Length - 1
            ? $"{_key[i]} > {Parameter(0, i)}"
            : $"({_key[i]} >= {Parameter(0, i)} AND ({_key[i]} > {Parameter(0, i)} OR {After(i + 1)}))";
}

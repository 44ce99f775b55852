namespace Fitnessify.Infrastructure.Maintenance.Copying;

/// <summary>The result of a copy, for the operator.</summary>
public sealed class CopyReport
{
    internal CopyReport(IReadOnlyList<CopiedTable> tables)
    {
        IsComplete = tables.All(table => table.IsSame);
        var width = tables.Max(table => table.Name.Length);
        Lines =
        [
            $"{"table".PadRight(width)} {"rows", 10} {"checksum", -32}",
            .. tables.Select(table =>
                $"{table.Name.PadRight(width)} {table.Source.Rows, 10} {table.Source.Text} "
                + (table.IsSame ? "ok" : $"differs: the target has {table.Target.Rows} rows, {table.Target.Text}")
            ),
        ];
    }

    /// <summary>Whether both databases have the same rows.</summary>
    public bool IsComplete { get; }

    /// <summary>
    /// The lines of a table with the rows and the checksum of each database table, and whether they are the same in both.
    /// </summary>
    public IReadOnlyList<string> Lines { get; }
}

namespace Fitnessify.Infrastructure.Maintenance.Copying;

/// <summary>How a copy ended, for people.</summary>
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

    /// <summary>Whether both databases hold the same.</summary>
    public bool IsComplete { get; }

    /// <summary>A table: of each table the rows, their checksum, and whether it is the same in both.</summary>
    public IReadOnlyList<string> Lines { get; }
}

using Fitnessify.Domain.Common;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Maintenance.Copying;

/// <summary>The checksums of a table in both databases after a copy.</summary>
internal sealed record CopiedTable(string Name, RowChecksum Source, RowChecksum Target)
{
    public bool IsSame => Source == Target;
}

/// <summary>
/// Copies all rows from one database to another of any provider. The progress is stored in the target, so that an interrupted
/// copy can be resumed; at the end the rows of both are compared.
/// </summary>
/// <param name="source">The source. No process may write to it meanwhile; the comparison detects it.</param>
/// <param name="target">The target, which is empty or has the rows of an interrupted copy.</param>
/// <param name="writeLine">Receives lines for the operator.</param>
internal sealed class DatabaseCopy(AppDbContext source, AppDbContext target, Action<string> writeLine)
{
    private const int BatchSize = 1000;

    private readonly CopyProgress _progress = new(target);
    private readonly IReadOnlyList<CopyTable> _sources = CopyTable.Of(source);
    private readonly IReadOnlyList<CopyTable> _targets = CopyTable.Of(target);

    /// <summary>Copies the rows that are missing in the target.</summary>
    /// <returns>The checksums of each table, or the reason why nothing was copied.</returns>
    public async Task<Result<IReadOnlyList<CopiedTable>>> RunAsync(CancellationToken cancellationToken)
    {
        await source.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await target.Database.OpenConnectionAsync(cancellationToken);
            return await RunOpenAsync(cancellationToken);
        }
        finally
        {
            await target.Database.CloseConnectionAsync();
            await source.Database.CloseConnectionAsync();
        }
    }

    private async Task<Result<IReadOnlyList<CopiedTable>>> RunOpenAsync(CancellationToken cancellationToken)
    {
        var started = await CopyProgress.IsInAsync(target, cancellationToken)
            ? await ResumeAsync(cancellationToken)
            : await BeginAsync(cancellationToken);
        if (!started.IsSuccess)
        {
            return started.Error;
        }

        var copied = await _progress.ReadAsync(cancellationToken);
        foreach (var (from, to) in _sources.Zip(_targets))
        {
            await CopyAsync(from, to, copied[from.Name], cancellationToken);
        }

        return await CompareAsync(cancellationToken);
    }

    private async Task<Result> BeginAsync(CancellationToken cancellationToken)
    {
        foreach (var table in _targets)
        {
            if ((await table.ReadAsync(null, table.Seeds, 1, cancellationToken)).Count > 0)
            {
                return Refuse($"The target holds data in {table.Name} that no copy has put there; use an empty one.");
            }
        }

        await WithinTransactionAsync(() => _progress.BeginAsync(_targets, cancellationToken), cancellationToken);
        // Two connection strings can lead to the same database; then the progress table of the target is in the source too.
        if (await CopyProgress.IsInAsync(source, cancellationToken))
        {
            await _progress.EndAsync(cancellationToken);
            return Refuse("Source and target are the same database.");
        }

        return Result.Success;
    }

    private async Task<Result> ResumeAsync(CancellationToken cancellationToken)
    {
        if (await CopyProgress.IsInAsync(source, cancellationToken))
        {
            return Refuse("The source is itself the target of a copy that has not ended.");
        }

        var copied = await _progress.ReadAsync(cancellationToken);
        foreach (var table in _targets)
        {
            // A table that is not copied yet has the rows that the migrations insert.
            var recorded = copied[table.Name];
            var isUntouched =
                recorded.Rows == 0 && (await table.ReadAsync(null, table.Seeds, 1, cancellationToken)).Count == 0;
            if (!isUntouched && await table.SumAsync(cancellationToken) != recorded)
            {
                return Refuse(
                    $"The target has changed in {table.Name} since the copy was interrupted; use an empty one."
                );
            }
        }

        writeLine("Going on with a copy that was interrupted.");
        return Result.Success;
    }

    private async Task CopyAsync(CopyTable from, CopyTable to, RowChecksum sum, CancellationToken cancellationToken)
    {
        object?[]? last = null;
        while (true)
        {
            var rows = await from.ReadAsync(last, last is null ? sum.Rows : 0, BatchSize, cancellationToken);
            if (rows.Count == 0 && sum.Rows > 0)
            {
                return;
            }

            var before = sum;
            sum = rows.Aggregate(sum, from.Add);
            await WithinTransactionAsync(
                async () =>
                {
                    if (before.Rows == 0)
                    {
                        // The rows that the migrations insert are copied from the source too.
                        await to.ClearAsync(cancellationToken);
                    }

                    await to.WriteAsync(rows, cancellationToken);
                    await _progress.WriteAsync(to.Name, sum, cancellationToken);
                },
                cancellationToken
            );
            if (rows.Count == 0)
            {
                return;
            }

            last = rows[^1];
            writeLine($"{from.Name}: {sum.Rows} rows");
        }
    }

    private async Task<Result<IReadOnlyList<CopiedTable>>> CompareAsync(CancellationToken cancellationToken)
    {
        List<CopiedTable> tables = [];
        foreach (var (from, to) in _sources.Zip(_targets))
        {
            tables.Add(
                new CopiedTable(from.Name, await from.SumAsync(cancellationToken), await to.SumAsync(cancellationToken))
            );
        }

        if (tables.TrueForAll(table => table.IsSame))
        {
            await _progress.EndAsync(cancellationToken);
        }

        return tables;
    }

    private async Task WithinTransactionAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        await using var transaction = await target.Database.BeginTransactionAsync(cancellationToken);
        await work();
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Returns the error that nothing was copied.</summary>
    public static Error Refuse(string message) => new(ErrorKind.Conflict, "copy_refused", message);
}

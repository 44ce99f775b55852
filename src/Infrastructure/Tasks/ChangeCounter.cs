using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Fitnessify.Infrastructure.Tasks;

/// <summary>
/// Numbers the changes of one owner's tasks. Whoever raises it holds its row until the commit: so the numbers become visible
/// in their order, and a reader who has seen one has seen all below it.
/// </summary>
internal sealed class ChangeCounter
{
    public required Guid OwnerId { get; init; }

    /// <summary>The number of the latest change.</summary>
    public long Value { get; init; }

    /// <summary>The highest number of a task that has been purged from the trash: older sync tokens missed a deletion.</summary>
    public long PurgedThrough { get; init; }

    /// <summary>How many tasks the owner has, those in the trash included: counted along, because to count them takes longer the more there are.</summary>
    public int TaskCount { get; init; }
}

/// <summary>Gives changed tasks their numbers.</summary>
internal static class ChangeNumbers
{
    /// <summary>
    /// Raises the owner's counter, which keeps all other writers of this owner waiting until the commit; so it has to come
    /// before anything else in the transaction.
    /// </summary>
    /// <returns><c>limit_reached</c> when there are too many new ones, or null.</returns>
    public static async Task<Error?> AssignAsync(
        AppDbContext context,
        IReadOnlyCollection<EntityEntry<TaskItem>> tasks,
        CancellationToken cancellationToken
    )
    {
        foreach (var owned in tasks.GroupBy(entry => entry.Entity.OwnerId))
        {
            var added = owned.Count(entry => entry.State == EntityState.Added);
            if (await RaiseAsync(context, owned.Key, owned.Count(), added, cancellationToken) is not { } raised)
            {
                return TaskErrors.LimitReached;
            }

            var version = raised - owned.Count();
            foreach (var entry in owned)
            {
                entry.Property(task => task.Version).CurrentValue = ++version;
                if (entry.State == EntityState.Added)
                {
                    entry.Property(task => task.CreatedVersion).CurrentValue = version;
                }

                TaskColumns.Fill(entry);
            }
        }

        return null;
    }

    /// <summary>Adds to the owner's counter and returns it; null when the owner would have too many tasks.</summary>
    /// <exception cref="DbUpdateConcurrencyException">There is none: the account is gone.</exception>
    public static async Task<long?> RaiseAsync(
        AppDbContext context,
        Guid ownerId,
        int by,
        int added,
        CancellationToken cancellationToken
    )
    {
        var limit = context.GetService<TaskQuotaOptions>().MaxPerUser;
        // Not by SqlQuery, which translates a query for each: this is the most frequent write of all.
        var command = context
            .GetService<IRawSqlCommandBuilder>()
            .Build(context.RaiseCounterSql, [by, ownerId, added, limit], context.Model);
        var value = await command.RelationalCommand.ExecuteScalarAsync(
            new RelationalCommandParameterObject(
                context.GetService<IRelationalConnection>(),
                command.ParameterValues,
                null,
                context,
                context.GetService<IRelationalCommandDiagnosticsLogger>()
            ),
            cancellationToken
        );
        return value is long raised ? raised
            : added > 0
            && await context.ChangeCounters.AnyAsync(counter => counter.OwnerId == ownerId, cancellationToken)
                ? null
            : throw new DbUpdateConcurrencyException("There is no counter of this owner.");
    }
}

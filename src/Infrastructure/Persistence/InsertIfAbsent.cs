using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Persistence;

/// <summary>For rows that whoever comes first is to write, and everybody else to read.</summary>
internal static class InsertIfAbsent
{
    /// <summary>
    /// Stores a row on its own, unless there is one of its key, or the account that it belongs to is gone; nothing else may
    /// wait to be saved.
    /// </summary>
    public static async Task<bool> TryInsertAsync<T>(
        this AppDbContext context,
        T row,
        CancellationToken cancellationToken
    )
        where T : class
    {
        context.Add(row);
        try
        {
            return await context.WriteAsync(() => context.SaveChangesAsync(cancellationToken), cancellationToken) == 1;
        }
        catch (DbUpdateException exception)
            when (exception.InnerException is DbException cause
                && (context.IsUniqueViolation(cause) || context.IsMissingOwner(cause))
            )
        {
            return false;
        }
        finally
        {
            context.Entry(row).State = EntityState.Detached;
        }
    }
}

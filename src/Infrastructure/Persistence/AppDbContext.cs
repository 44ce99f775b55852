using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Fitnessify.Infrastructure.Persistence;

/// <summary>
/// The database. Each room adds its tables with a configuration and an extension property; what differs between the providers
/// is in the two derived classes.
/// </summary>
internal abstract class AppDbContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<Sequence> Sequences => Set<Sequence>();

    /// <summary>The collation under which the provider compares keys byte by byte; null where that is the default.</summary>
    internal abstract string? BinaryCollation { get; }

    /// <summary>Whether <see cref="WriteAsync"/> lets one writer at a time run, and each once.</summary>
    internal virtual bool HasOneWriter => false;

    /// <summary>Whether the failure says that a unique index holds the value already.</summary>
    internal abstract bool IsUniqueViolation(DbException exception);

    /// <summary>Whether the failure says that the row to which another belongs does not exist (any more).</summary>
    internal abstract bool IsMissingOwner(DbException exception);

    /// <summary>
    /// Runs what writes. Every write of the use cases goes through here, so that a provider can queue them, and so that one
    /// that is repeated after a deadlock or a lost connection has left nothing behind the first time.
    /// </summary>
    /// <exception cref="CommitInDoubtException">Nobody knows whether it is written.</exception>
    internal virtual Task<T> WriteAsync<T>(Func<Task<T>> write, CancellationToken cancellationToken)
    {
        var strategy = Database.CreateExecutionStrategy();
        return strategy.RetriesOnFailure
            ? strategy.ExecuteAsync(() => InTransactionAsync(write, cancellationToken))
            : write();
    }

    /// <summary>Runs it as a whole, within <see cref="WriteAsync"/>. What has rolled its transaction back is not committed.</summary>
    internal async Task<T> InTransactionAsync<T>(Func<Task<T>> write, CancellationToken cancellationToken)
    {
        if (Database.CurrentTransaction is not null)
        {
            return await write();
        }

        // No savepoints: what fails here is undone as a whole.
        Database.AutoSavepointsEnabled = false;
        await using var transaction = await Database.BeginTransactionAsync(cancellationToken);
        var result = await write();
        if (Database.CurrentTransaction is not null)
        {
            await CommitAsync(transaction, cancellationToken);
        }

        return result;
    }

    private static async Task CommitAsync(IDbContextTransaction transaction, CancellationToken cancellationToken)
    {
        try
        {
            await transaction.CommitAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new CommitInDoubtException(exception);
        }
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(AppDbContext).Assembly);
        modelBuilder.ApplyBytewiseCollation(BinaryCollation);
    }
}

using System.Data.Common;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Identity;
using Fitnessify.Infrastructure.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Fitnessify.Infrastructure.Persistence;

/// <summary>The database, and the unit of work on it. What differs between providers is in the two derived classes.</summary>
internal abstract class AppDbContext(DbContextOptions options)
    : IdentityDbContext<AppUser, IdentityRole<Guid>, Guid>(options),
        IUnitOfWork
{
    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>Under which name the provider compares keys byte by byte; null where that is the default.</summary>
    internal abstract string? BinaryCollation { get; }

    /// <summary>Whether the failure says that a unique index holds the value already.</summary>
    internal abstract bool IsUniqueViolation(DbException exception);

    async Task<Result> IUnitOfWork.SaveChangesAsync(CancellationToken cancellationToken)
    {
        var changedSessions = ChangeTracker
            .Entries<Session>()
            .Where(entry => entry.State is EntityState.Modified or EntityState.Deleted)
            .Select(entry => entry.Entity.Id)
            .ToList();
        try
        {
            await SaveChangesAsync(cancellationToken);
            return Result.Success;
        }
        catch (DbUpdateException exception)
            when (exception.InnerException is DbException cause
                && IsUniqueViolation(cause)
                && UniqueViolations.ErrorFor(Model, cause.Message) is { } error
            )
        {
            ChangeTracker.Clear();
            return error;
        }
        finally
        {
            // Also when the answer got lost: whether the change is there is then for the database to say.
            changedSessions.ForEach(id => this.GetService<LiveSessionCache>().Evict(id));
        }
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(AppDbContext).Assembly);
        foreach (var property in builder.Model.GetEntityTypes().SelectMany(type => type.GetProperties()))
        {
            if (property.Name.StartsWith("Normalized", StringComparison.Ordinal))
            {
                property.SetCollation(BinaryCollation);
            }
        }
    }
}

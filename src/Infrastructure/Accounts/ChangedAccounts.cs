using Fitnessify.Domain.Accounts;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Fitnessify.Infrastructure.Accounts;

/// <summary>Finds the accounts that a save creates, changes or deletes, for the steps of rooms that keep something for accounts.</summary>
internal static class ChangedAccounts
{
    extension(AppDbContext context)
    {
        public IEnumerable<EntityEntry<Account>> CreatedAccounts => Entries(context, EntityState.Added);

        public IEnumerable<EntityEntry<Account>> ModifiedAccounts => Entries(context, EntityState.Modified);

        /// <summary>Those whose deletion is about to be saved; original values still hold the person's data.</summary>
        public IEnumerable<EntityEntry<Account>> DeletedAccounts =>
            context.ModifiedAccounts.Where(entry => entry.Property(account => account.DeletedAt).IsModified);
    }

    private static IEnumerable<EntityEntry<Account>> Entries(AppDbContext context, EntityState state) =>
        context.ChangeTracker.Entries<Account>().Where(entry => entry.State == state);
}

using Fitnessify.Domain.Accounts;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Accounts;

/// <summary>The tables of accounts and their roles.</summary>
internal static class AccountTables
{
    extension(AppDbContext context)
    {
        /// <summary>The accounts that exist. This is no query filter of EF Core, because compiled models support none.</summary>
        public IQueryable<Account> Accounts => context.Set<Account>().Where(account => account.DeletedAt == null);

        /// <summary>All accounts, also the deleted ones whose data waits to be erased.</summary>
        public DbSet<Account> StoredAccounts => context.Set<Account>();

        public DbSet<IdentityRole<Guid>> Roles => context.Set<IdentityRole<Guid>>();

        public DbSet<IdentityRoleClaim<Guid>> RoleClaims => context.Set<IdentityRoleClaim<Guid>>();

        public DbSet<IdentityUserRole<Guid>> UserRoles => context.Set<IdentityUserRole<Guid>>();

        public DbSet<SignInFailures> SignInFailures => context.Set<SignInFailures>();
    }
}

using Fitnessify.Domain.Identities;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Identities;

/// <summary>The tables of this room.</summary>
internal static class IdentityTables
{
    extension(AppDbContext context)
    {
        public DbSet<LinkedIdentity> LinkedIdentities => context.Set<LinkedIdentity>();

        public DbSet<IdentityRevocation> IdentityRevocations => context.Set<IdentityRevocation>();

        public DbSet<UsedNonce> UsedNonces => context.Set<UsedNonce>();
    }
}

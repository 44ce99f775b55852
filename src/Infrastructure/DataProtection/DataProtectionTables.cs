using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.DataProtection;

internal static class DataProtectionTables
{
    extension(AppDbContext context)
    {
        public DbSet<ServerSecret> ServerSecrets => context.Set<ServerSecret>();

        public DbSet<DataProtectionKey> DataProtectionKeys => context.Set<DataProtectionKey>();
    }
}

using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Sessions;

/// <summary>The tables of this room.</summary>
internal static class SessionTables
{
    extension(AppDbContext context)
    {
        public DbSet<Session> Sessions => context.Set<Session>();
    }
}

using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Changes;

/// <summary>The tables of this room.</summary>
internal static class ChangeTables
{
    extension(AppDbContext context)
    {
        public DbSet<ChangeCounter> ChangeCounters => context.Set<ChangeCounter>();
    }
}

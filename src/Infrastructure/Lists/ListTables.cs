using Fitnessify.Domain.Lists;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Lists;

/// <summary>The tables of this room.</summary>
internal static class ListTables
{
    extension(AppDbContext context)
    {
        public DbSet<TaskList> Lists => context.Set<TaskList>();
    }
}

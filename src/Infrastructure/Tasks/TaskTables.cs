using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Tasks;

/// <summary>The tables of this room.</summary>
internal static class TaskTables
{
    extension(AppDbContext context)
    {
        public DbSet<TaskItem> Tasks => context.Set<TaskItem>();
    }
}

using Fitnessify.Infrastructure.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Passkeys;

/// <summary>The tables of this room.</summary>
internal static class PasskeyTables
{
    extension(AppDbContext context)
    {
        public DbSet<IdentityUserPasskey<Guid>> UserPasskeys => context.Set<IdentityUserPasskey<Guid>>();
    }
}

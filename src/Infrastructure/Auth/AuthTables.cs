using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Auth;

/// <summary>The tables of this room.</summary>
internal static class AuthTables
{
    extension(AppDbContext context)
    {
        public DbSet<AccountToken> AccountTokens => context.Set<AccountToken>();

        public DbSet<UnusedChallengeToken> UnusedChallengeTokens => context.Set<UnusedChallengeToken>();
    }
}

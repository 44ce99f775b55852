using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Mfa;

/// <summary>The tables of this room.</summary>
internal static class MfaTables
{
    extension(AppDbContext context)
    {
        public DbSet<MfaFactor> MfaFactors => context.Set<MfaFactor>();

        public DbSet<RecoveryCodeHash> RecoveryCodes => context.Set<RecoveryCodeHash>();
    }
}

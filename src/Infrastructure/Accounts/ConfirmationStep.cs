using Fitnessify.Infrastructure.Persistence;

namespace Fitnessify.Infrastructure.Accounts;

/// <summary>Writes an address and whether it is confirmed together: the former address may be confirmed at this very moment.</summary>
internal sealed class ConfirmationStep(AppDbContext context) : ISaveStep
{
    public bool TakesPart()
    {
        foreach (var entry in context.ModifiedAccounts.Where(entry => entry.Property(row => row.Email).IsModified))
        {
            entry.Property(row => row.EmailConfirmed).IsModified = true;
        }

        return false;
    }
}

using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mfa;
using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Mfa;

/// <summary>Stores the seed of an authenticator app that is being set up, in place of one that was not confirmed.</summary>
internal sealed class TotpEnrollmentStep(AppDbContext context, AccountLock accountLock, Guid userId, byte[] seed)
    : ISaveStep
{
    public async Task<Error?> BeforeAsync(CancellationToken cancellationToken)
    {
        // Of two that begin at once, the later one counts.
        await accountLock.TakeAsync(userId, cancellationToken);
        var factors = context.MfaFactors.Where(factor => factor.UserId == userId);
        if (await factors.AnyAsync(factor => factor.ConfirmedAt != null, cancellationToken))
        {
            return MfaErrors.MfaAlreadyEnabled;
        }

        if (!await context.Accounts.AnyAsync(user => user.Id == userId, cancellationToken))
        {
            return SessionErrors.SessionRevoked;
        }

        await factors.ExecuteDeleteAsync(cancellationToken);
        if (context.MfaFactors.Local.FindEntry(userId) is null)
        {
            context.MfaFactors.Add(new MfaFactor { UserId = userId, Seed = seed });
        }

        return null;
    }
}

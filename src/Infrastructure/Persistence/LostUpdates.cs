using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Passkeys;
using Fitnessify.Domain.Sessions;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Auth;
using Fitnessify.Infrastructure.Mfa;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Persistence;

/// <summary>Which expected failure it is that a row is not as it was read.</summary>
internal static class LostUpdates
{
    /// <summary>A task that was changed meanwhile, or a token, challenge token or code that was used; anything else is gone, because its user has deleted the account.</summary>
    public static Error ErrorFor(DbUpdateConcurrencyException exception) =>
        exception.Entries.Select(entry => entry.Entity).FirstOrDefault() switch
        {
            TaskItem => TaskErrors.PreconditionFailed,
            UnusedChallengeToken { Purpose: ChallengePurpose.SignInCode } or MfaFactor or RecoveryCodeHash =>
                UserErrors.MfaCodeInvalid,
            UnusedChallengeToken or IdentityUserPasskey<Guid> => PasskeyErrors.PasskeyInvalid,
            AccountToken => UserErrors.TokenInvalidOrExpired,
            _ => SessionErrors.SessionRevoked,
        };
}

using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mfa;
using Fitnessify.Domain.Passkeys;
using Fitnessify.Infrastructure.Persistence;

namespace Fitnessify.Infrastructure.Auth;

internal sealed class AuthSaveErrors : ISaveErrors
{
    // Somebody else has used the token.
    public Error? FindLostUpdate(object entity) =>
        entity switch
        {
            UnusedChallengeToken { Purpose: ChallengePurpose.SignInCode } => MfaErrors.MfaCodeInvalid,
            UnusedChallengeToken { Purpose: ChallengePurpose.PasskeyReauthentication } =>
                AuthErrors.ReauthenticationFailed,
            UnusedChallengeToken { Purpose: ChallengePurpose.LinkIdentity } => AuthErrors.TokenInvalidOrExpired,
            UnusedChallengeToken => PasskeyErrors.PasskeyInvalid,
            AccountToken => AuthErrors.TokenInvalidOrExpired,
            _ => null,
        };
}

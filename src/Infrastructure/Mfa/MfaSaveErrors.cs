using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mfa;
using Fitnessify.Infrastructure.Persistence;

namespace Fitnessify.Infrastructure.Mfa;

internal sealed class MfaSaveErrors : ISaveErrors
{
    // Somebody else has used the code.
    public Error? FindLostUpdate(object entity) =>
        entity is MfaFactor or RecoveryCodeHash ? MfaErrors.MfaCodeInvalid : null;
}

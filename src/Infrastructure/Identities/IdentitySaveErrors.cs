using Fitnessify.Domain.Common;
using Fitnessify.Domain.Identities;
using Fitnessify.Infrastructure.Persistence;

namespace Fitnessify.Infrastructure.Identities;

internal sealed class IdentitySaveErrors : ISaveErrors
{
    public IReadOnlyDictionary<string, Error> UniqueIndexes { get; } =
        new Dictionary<string, Error>
        {
            [IdentityIndexes.Subject] = IdentityErrors.IdentityTaken,
            [UsedNonceConfiguration.PrimaryKey] = IdentityErrors.IdentityTokenInvalid,
        };

    // The identity was removed since it was read.
    public Error? FindLostUpdate(object entity) =>
        entity is LinkedIdentity ? IdentityErrors.IdentityTokenInvalid : null;
}

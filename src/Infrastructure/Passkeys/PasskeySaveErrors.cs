using Fitnessify.Domain.Common;
using Fitnessify.Domain.Passkeys;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.AspNetCore.Identity;

namespace Fitnessify.Infrastructure.Passkeys;

internal sealed class PasskeySaveErrors : ISaveErrors
{
    public IReadOnlyDictionary<string, Error> UniqueIndexes { get; } =
        new Dictionary<string, Error> { [PasskeyColumns.PrimaryKey] = PasskeyErrors.PasskeyInvalid };

    public Error? FindLostUpdate(object entity) =>
        entity is IdentityUserPasskey<Guid> ? PasskeyErrors.PasskeyInvalid : null;
}

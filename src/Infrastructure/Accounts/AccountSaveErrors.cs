using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Common;
using Fitnessify.Infrastructure.Persistence;

namespace Fitnessify.Infrastructure.Accounts;

internal sealed class AccountSaveErrors : ISaveErrors
{
    public IReadOnlyDictionary<string, Error> UniqueIndexes { get; } =
        new Dictionary<string, Error>
        {
            [AccountIndexes.Username] = AccountErrors.UsernameTaken,
            [AccountIndexes.Email] = AccountErrors.EmailTaken,
            // Another request with the same key was faster.
            [AccountIndexes.GuestKey] = CommonErrors.StateConflict,
        };
}

using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Persistence;

namespace Fitnessify.Infrastructure.Sessions;

internal sealed class SessionSaveErrors : ISaveErrors
{
    // With the account went its sessions, that of the request among them.
    public Error OwnerGone => SessionErrors.SessionRevoked;
}

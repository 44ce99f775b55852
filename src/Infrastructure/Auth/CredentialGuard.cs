using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Auth;

/// <summary>Compares Identity's security stamp, which every change of what an account is entered with replaces.</summary>
internal sealed class CredentialGuard(AppDbContext context, TimeProvider clock) : ICredentialGuard
{
    public void Require(Credentials verified, Error otherwise) =>
        context.Extras.Steps.Add(new Unchanged(context, verified, otherwise));

    public void RequireLive(Guid ownerId, Guid sessionId) =>
        context.Extras.Steps.Add(new Live(context, ownerId, sessionId, clock));

    private sealed class Unchanged(AppDbContext context, Credentials verified, Error otherwise) : ISaveStep
    {
        public async Task<Error?> BeginAsync(CancellationToken cancellationToken)
        {
            await context.Extras.LockAccountAsync(verified.UserId, cancellationToken);
            return await context.Users.AnyAsync(
                user => user.Id == verified.UserId && user.SecurityStamp == verified.SecurityStamp,
                cancellationToken
            )
                ? null
                : otherwise;
        }
    }

    private sealed class Live(AppDbContext context, Guid ownerId, Guid sessionId, TimeProvider clock) : ISaveStep
    {
        public async Task<Error?> BeginAsync(CancellationToken cancellationToken)
        {
            // Whatever ends sessions for a reason holds the account: see SessionRepository.End.
            await context.Extras.LockAccountAsync(ownerId, cancellationToken);
            var now = clock.Now();
            return await context.Sessions.AnyAsync(
                session => session.Id == sessionId && session.RevokedAt == null && session.ExpiresAt > now,
                cancellationToken
            )
                ? null
                : SessionErrors.SessionRevoked;
        }
    }
}

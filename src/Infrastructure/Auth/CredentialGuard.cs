using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Identities;
using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Sessions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Auth;

/// <summary>Looks up again in the transaction, with the account locked, what was verified before it.</summary>
internal sealed class CredentialGuard(
    AppDbContext context,
    UnitOfWork unitOfWork,
    AccountLock accountLock,
    TimeProvider clock
) : ICredentialGuard
{
    public void Require(Credentials verified, Error otherwise) =>
        Require(verified.UserId, verified.SecurityStamp, otherwise);

    public void Require(Account account, Error otherwise) => Require(account.Id, account.SecurityStamp, otherwise);

    private void Require(Guid userId, string securityStamp, Error otherwise) =>
        unitOfWork.Add(new Unchanged(context, accountLock, userId, securityStamp, otherwise));

    public void RequireLive(Guid ownerId, Guid sessionId) =>
        unitOfWork.Add(new Live(context, accountLock, ownerId, sessionId, clock));

    public void RequireReauthenticated(Guid ownerId, Guid sessionId) =>
        unitOfWork.Add(new Reauthenticated(context, accountLock, ownerId, sessionId, clock));

    public void RequireCredential(Guid userId) => unitOfWork.Add(new OneLeft(context, userId));

    public void RequirePasswordOnly(Guid userId, Error otherwise) =>
        unitOfWork.Add(new PasswordOnly(context, userId, otherwise));

    private sealed class Unchanged(
        AppDbContext context,
        AccountLock accountLock,
        Guid userId,
        string securityStamp,
        Error otherwise
    ) : ISaveStep
    {
        public async Task<Error?> BeforeAsync(CancellationToken cancellationToken)
        {
            await accountLock.TakeAsync(userId, cancellationToken);
            return await context.Accounts.AnyAsync(
                user => user.Id == userId && user.SecurityStamp == securityStamp,
                cancellationToken
            )
                ? null
                : otherwise;
        }
    }

    private sealed class Reauthenticated(
        AppDbContext context,
        AccountLock accountLock,
        Guid ownerId,
        Guid sessionId,
        TimeProvider clock
    ) : ISaveStep
    {
        public async Task<Error?> BeforeAsync(CancellationToken cancellationToken)
        {
            await accountLock.TakeAsync(ownerId, cancellationToken);
            var now = clock.Now();
            return await (
                from session in context.Sessions
                join user in context.Accounts on session.OwnerId equals user.Id
                where session.Id == sessionId && session.ReauthenticatedUntil > now
                where session.ReauthenticationStamp == user.SecurityStamp
                select session.Id
            ).AnyAsync(cancellationToken)
                ? null
                : AuthErrors.ReauthenticationRequired;
        }
    }

    // The account is locked by what asks for this, so that of two removals the second sees the first.
    private sealed class OneLeft(AppDbContext context, Guid userId) : ISaveStep
    {
        public async Task<Error?> AfterAsync(CancellationToken cancellationToken) =>
            await context.Accounts.AnyAsync(
                user =>
                    user.Id == userId
                    && (
                        user.PasswordHash != null
                        || context.Set<IdentityUserPasskey<Guid>>().Any(passkey => passkey.UserId == userId)
                        || context.Set<LinkedIdentity>().Any(identity => identity.OwnerId == userId)
                    ),
                cancellationToken
            )
                ? null
                : AuthErrors.LastCredential;
    }

    private sealed class PasswordOnly(AppDbContext context, Guid userId, Error otherwise) : ISaveStep
    {
        public async Task<Error?> BeforeAsync(CancellationToken cancellationToken) =>
            await context.Accounts.AnyAsync(
                user =>
                    user.Id == userId
                    && !user.EmailConfirmed
                    && !user.MfaEnabled
                    && !context.Set<IdentityUserPasskey<Guid>>().Any(passkey => passkey.UserId == userId)
                    && !context.Set<LinkedIdentity>().Any(identity => identity.OwnerId == userId),
                cancellationToken
            )
                ? null
                : otherwise;
    }

    private sealed class Live(
        AppDbContext context,
        AccountLock accountLock,
        Guid ownerId,
        Guid sessionId,
        TimeProvider clock
    ) : ISaveStep
    {
        public async Task<Error?> BeforeAsync(CancellationToken cancellationToken)
        {
            // Whatever ends sessions for a reason holds the account: see SessionRepository.Revoke.
            await accountLock.TakeAsync(ownerId, cancellationToken);
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

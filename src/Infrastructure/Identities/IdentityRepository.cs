using Fitnessify.Domain.Common;
using Fitnessify.Domain.Identities;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Identities;

internal sealed class IdentityRepository(
    AppDbContext context,
    UnitOfWork unitOfWork,
    AccountLock accountLock,
    TimeProvider clock
) : IIdentityRepository
{
    public void Add(LinkedIdentity identity)
    {
        context.LinkedIdentities.Add(identity);
        var hash = IdentityRevocation.HashOf(identity);
        unitOfWork.Add(token =>
            context.IdentityRevocations.Where(revocation => revocation.SubjectHash == hash).ExecuteDeleteAsync(token)
        );
    }

    public Task<LinkedIdentity?> FindAsync(string issuer, string subject, CancellationToken cancellationToken) =>
        (
            from identity in context.LinkedIdentities
            join account in context.Accounts on identity.OwnerId equals account.Id
            where identity.Subject == subject && identity.Issuer == issuer
            select identity
        ).SingleOrDefaultAsync(cancellationToken);

    public async Task<IReadOnlyList<LinkedIdentity>> ListAsync(Guid ownerId, CancellationToken cancellationToken) =>
        await context
            .LinkedIdentities.AsNoTracking()
            .Where(identity => identity.OwnerId == ownerId)
            .OrderBy(identity => identity.CreatedAt)
            .ThenBy(identity => identity.Id)
            .ToListAsync(cancellationToken);

    public Task<bool> IsNonceUsedAsync(IdentityClaims claims, CancellationToken cancellationToken)
    {
        var hash = UsedNonce.HashOf(claims);
        return context.UsedNonces.AnyAsync(nonce => nonce.Hash == hash, cancellationToken);
    }

    public void UseNonce(IdentityClaims claims) => context.UsedNonces.Add(UsedNonce.Of(claims));

    public void RequireLinked(Guid ownerId, Guid id, Error otherwise) =>
        unitOfWork.Add(new Linked(context, accountLock, ownerId, id, otherwise));

    public void Remove(Guid ownerId, Guid? id, bool isRevoked) =>
        unitOfWork.Add(new Removal(context, accountLock, ownerId, id, isRevoked, clock));

    private sealed class Linked(AppDbContext context, AccountLock accountLock, Guid ownerId, Guid id, Error otherwise)
        : ISaveStep
    {
        public async Task<Error?> BeforeAsync(CancellationToken cancellationToken)
        {
            await accountLock.TakeAsync(ownerId, cancellationToken);
            return await context.LinkedIdentities.AnyAsync(
                identity => identity.Id == id && identity.OwnerId == ownerId,
                cancellationToken
            )
                ? null
                : otherwise;
        }
    }

    private sealed class Removal(
        AppDbContext context,
        AccountLock accountLock,
        Guid ownerId,
        Guid? id,
        bool isRevoked,
        TimeProvider clock
    ) : ISaveStep
    {
        public async Task<Error?> BeforeAsync(CancellationToken cancellationToken)
        {
            await accountLock.TakeAsync(ownerId, cancellationToken);
            // Identities that were linked until now are removed too. A save that is repeated finds them in the unit of work.
            var linked = await context
                .LinkedIdentities.Where(identity => identity.OwnerId == ownerId && (id == null || identity.Id == id))
                .ToListAsync(cancellationToken);
            foreach (var identity in linked.Where(identity => context.Entry(identity).State != EntityState.Deleted))
            {
                context.Remove(identity);
                if (!isRevoked && identity.Grant is { } grant)
                {
                    context.Add(IdentityRevocation.Of(identity, grant, clock.Now()));
                }
            }

            return null;
        }
    }
}

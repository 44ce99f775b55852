using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Guests;
using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Guests;

internal sealed class GuestRepository(AppDbContext context, UnitOfWork unitOfWork, AccountLock accountLock)
    : IGuestRepository
{
    public async Task<KeyedGuest?> FindAsync(byte[] keyHash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // A new guest is the rule, so that the session is looked for only where there is one.
        var guest = await context
            .Accounts.AsNoTracking()
            .Where(account => account.GuestKeyHash == keyHash)
            .Select(account => new { account.Id, IsDisabled = account.DisabledAt != null })
            .SingleOrDefaultAsync(cancellationToken);
        if (guest is null)
        {
            return null;
        }

        var session = await context
            .Sessions.AsNoTracking()
            .Where(live => live.OwnerId == guest.Id && live.RevokedAt == null && live.ExpiresAt > now)
            .OrderBy(live => live.CreatedAt)
            .FirstOrDefaultAsync(cancellationToken);
        return new KeyedGuest(guest.Id, guest.IsDisabled ? null : session);
    }

    public void ReleaseKey(Guid guestId, byte[] keyHash) => unitOfWork.Add(new KeyRelease(context, guestId, keyHash));

    public async Task<IReadOnlyList<Guid>> ListUnseenAsync(
        DateTimeOffset before,
        Guid? after,
        int limit,
        CancellationToken cancellationToken
    ) =>
        await Unseen(context, before)
            .Where(account => after == null || account.Id.CompareTo(after.Value) > 0)
            .OrderBy(account => account.Id)
            .Select(account => account.Id)
            .Take(limit)
            .ToListAsync(cancellationToken);

    public void RequireUnseen(Guid guestId, DateTimeOffset before) =>
        unitOfWork.Add(new StillUnseen(context, accountLock, guestId, before));

    private static IQueryable<Account> Unseen(AppDbContext context, DateTimeOffset before) =>
        context.Accounts.Where(account =>
            account.Kind == AccountKind.Guest
            && account.CreatedAt < before
            && !context.Set<Session>().Any(session => session.OwnerId == account.Id && session.LastUsedAt >= before)
        );

    // Before the insert of the account that gets the key.
    private sealed class KeyRelease(AppDbContext context, Guid guestId, byte[] keyHash) : ISaveStep
    {
        public async Task<Error?> BeforeAsync(CancellationToken cancellationToken)
        {
            await context
                .Accounts.Where(account => account.Id == guestId && account.GuestKeyHash == keyHash)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(account => account.GuestKeyHash, (byte[]?)null),
                    cancellationToken
                );
            return null;
        }
    }

    private sealed class StillUnseen(AppDbContext context, AccountLock accountLock, Guid guestId, DateTimeOffset before)
        : ISaveStep
    {
        public async Task<Error?> BeforeAsync(CancellationToken cancellationToken)
        {
            await accountLock.TakeAsync(guestId, cancellationToken);
            return await Unseen(context, before).AnyAsync(account => account.Id == guestId, cancellationToken)
                ? null
                : CommonErrors.StateConflict;
        }
    }
}

using Fitnessify.Domain.Common;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Accounts;

/// <summary>Keeps all other saves that depend on an account waiting until this one commits.</summary>
internal sealed class AccountLock(AppDbContext context, UnitOfWork unitOfWork)
{
    private readonly HashSet<Guid> _locked = [];
    private Guid _transactionId;

    /// <summary>Locks the account at the beginning of the next save.</summary>
    public void Require(Guid userId) => unitOfWork.Add(new Step(this, userId));

    /// <summary>Locks the account within the transaction of a save.</summary>
    public async Task TakeAsync(Guid userId, CancellationToken cancellationToken)
    {
        // A repeated save has another transaction, and locks of its own.
        var transactionId = context.Database.CurrentTransaction!.TransactionId;
        if (transactionId != _transactionId)
        {
            _transactionId = transactionId;
            _locked.Clear();
        }

        if (_locked.Add(userId))
        {
            // The row stays as it is: whoever has written it holds it until the commit.
            await context
                .Accounts.Where(account => account.Id == userId)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(account => account.SecurityStamp, account => account.SecurityStamp),
                    cancellationToken
                );
        }
    }

    private sealed class Step(AccountLock accountLock, Guid userId) : ISaveStep
    {
        public async Task<Error?> BeforeAsync(CancellationToken cancellationToken)
        {
            await accountLock.TakeAsync(userId, cancellationToken);
            return null;
        }
    }
}

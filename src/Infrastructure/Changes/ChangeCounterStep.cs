using Fitnessify.Domain.Common;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Changes;

/// <summary>Gives each new account its change counter, and takes it from deleted ones: without it, no request that is still running writes a task.</summary>
internal sealed class ChangeCounterStep(AppDbContext context) : ISaveStep
{
    private Guid[] _deleted = [];

    public bool TakesPart()
    {
        foreach (var entry in context.CreatedAccounts.ToList())
        {
            context.ChangeCounters.Add(new ChangeCounter { OwnerId = entry.Entity.Id });
        }

        _deleted = [.. context.DeletedAccounts.Select(entry => entry.Entity.Id)];
        return _deleted.Length > 0;
    }

    public async Task<Error?> AfterAsync(CancellationToken cancellationToken)
    {
        await context
            .ChangeCounters.Where(counter => _deleted.Contains(counter.OwnerId))
            .ExecuteDeleteAsync(cancellationToken);
        return null;
    }
}

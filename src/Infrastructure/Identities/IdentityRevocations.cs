using Fitnessify.Domain.Identities;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Identities;

internal sealed class IdentityRevocations(AppDbContext context) : IIdentityRevocations
{
    public async Task<IReadOnlyList<IdentityRevocation>> TakeDueAsync(
        DateTimeOffset now,
        int max,
        TimeSpan lease,
        CancellationToken cancellationToken
    )
    {
        var due = await context
            .IdentityRevocations.AsNoTracking()
            .Where(revocation => revocation.NextAttemptAt <= now)
            .OrderBy(revocation => revocation.NextAttemptAt)
            .Take(max)
            .ToListAsync(cancellationToken);
        List<IdentityRevocation> taken = [];
        foreach (var revocation in due)
        {
            if (await TryTakeAsync(revocation, now + lease, cancellationToken))
            {
                taken.Add(revocation);
            }
        }

        return taken;
    }

    public Task StoreAsync(IdentityRevocation revocation, CancellationToken cancellationToken) =>
        context.WriteAsync(
            () =>
                context
                    .IdentityRevocations.Where(row => row.Id == revocation.Id)
                    .ExecuteUpdateAsync(
                        set =>
                            set.SetProperty(row => row.Attempts, revocation.Attempts)
                                .SetProperty(row => row.NextAttemptAt, revocation.NextAttemptAt),
                        cancellationToken
                    ),
            cancellationToken
        );

    public Task RemoveAsync(Guid id, CancellationToken cancellationToken) =>
        context.WriteAsync(
            () => context.IdentityRevocations.Where(row => row.Id == id).ExecuteDeleteAsync(cancellationToken),
            cancellationToken
        );

    // Several instances may have read the same due time; the update succeeds for only one of them.
    private async Task<bool> TryTakeAsync(
        IdentityRevocation revocation,
        DateTimeOffset until,
        CancellationToken cancellationToken
    ) =>
        await context.WriteAsync(
            () =>
                context
                    .IdentityRevocations.Where(row =>
                        row.Id == revocation.Id && row.NextAttemptAt == revocation.NextAttemptAt
                    )
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextAttemptAt, until), cancellationToken),
            cancellationToken
        ) == 1;
}

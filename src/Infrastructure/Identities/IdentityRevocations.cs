using Fitnessify.Domain.Identities;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Identities;

internal sealed class IdentityRevocations(AppDbContext context) : IIdentityRevocations
{
    public Task<IReadOnlyList<IdentityRevocation>> TakeDueAsync(
        DateTimeOffset now,
        int max,
        TimeSpan lease,
        CancellationToken cancellationToken
    ) =>
        context.TakeAsync(
            context.IdentityRevocations.Where(revocation => revocation.NextAttemptAt <= now),
            max,
            now + lease,
            cancellationToken
        );

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
}

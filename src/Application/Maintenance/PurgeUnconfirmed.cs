using Fitnessify.Application.Accounts;
using Fitnessify.Application.Audit;
using Fitnessify.Application.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Maintenance;
using MediatR;

namespace Fitnessify.Application.Maintenance;

/// <summary>Deletes accounts that nobody came back to, where nobody signs in before the address is confirmed.</summary>
public sealed record PurgeUnconfirmedCommand : IRequest<Result>;

internal sealed class PurgeUnconfirmedHandler(
    AccountOptions options,
    SignInPolicy gate,
    IUnconfirmedAccounts unconfirmed,
    AccountDeletion removal,
    AuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<PurgeUnconfirmedCommand, Result>
{
    private const int BatchSize = 100;

    public async Task<Result> Handle(PurgeUnconfirmedCommand request, CancellationToken cancellationToken)
    {
        var before = clock.Now().AddDays(-options.UnconfirmedDays);
        var removed = gate.NeedsConfirmedEmail ? BatchSize : 0;
        while (removed > 0)
        {
            removed = 0;
            foreach (var id in await unconfirmed.ListAsync(before, BatchSize, cancellationToken))
            {
                var saved = await RemoveAsync(id, cancellationToken);
                // Confirmed, or gone, at the last moment.
                if (!saved.IsSuccess && saved.Error != CommonErrors.StateConflict)
                {
                    return saved;
                }

                removed += saved.IsSuccess ? 1 : 0;
            }
        }

        return Result.Success;
    }

    private async Task<Result> RemoveAsync(Guid id, CancellationToken cancellationToken)
    {
        unconfirmed.Require(id);
        if (await removal.RemoveAsync(id, cancellationToken))
        {
            audit.RecordDeletion(id);
        }

        return await unitOfWork.SaveChangesAsync(cancellationToken);
    }
}

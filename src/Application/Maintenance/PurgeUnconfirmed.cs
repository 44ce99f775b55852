using Fitnessify.Application.Accounts;
using Fitnessify.Application.Audit;
using Fitnessify.Application.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Maintenance;
using MediatR;

namespace Fitnessify.Application.Maintenance;

/// <summary>Deletes abandoned registrations on a server where sign-in requires a confirmed address.</summary>
public sealed record PurgeUnconfirmedCommand : IRequest<Result>;

internal sealed class PurgeUnconfirmedHandler(
    AccountOptions options,
    SignInPolicy policy,
    IUnconfirmedAccounts unconfirmed,
    AccountDeletion deletion,
    AuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<PurgeUnconfirmedCommand, Result>
{
    private const int BatchSize = 100;

    public async Task<Result> Handle(PurgeUnconfirmedCommand request, CancellationToken cancellationToken)
    {
        var before = clock.Now().AddDays(-options.UnconfirmedDays);
        var removed = policy.NeedsConfirmedEmail ? BatchSize : 0;
        while (removed > 0)
        {
            removed = 0;
            foreach (var id in await unconfirmed.ListAsync(before, BatchSize, cancellationToken))
            {
                var saved = await RemoveAsync(id, cancellationToken);
                // A conflict means that the account was confirmed, used or deleted meanwhile.
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
        if (await deletion.RemoveAsync(id, cancellationToken))
        {
            audit.RecordDeletion(id);
        }

        return await unitOfWork.SaveChangesAsync(cancellationToken);
    }
}

using Fitnessify.Application.Accounts;
using Fitnessify.Application.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Guests;
using MediatR;

namespace Fitnessify.Application.Guests;

/// <summary>Deletes guests who were not seen for a long time.</summary>
public sealed record PurgeGuestsCommand : IRequest<Result>;

internal sealed class PurgeGuestsHandler(
    AccountOptions options,
    IGuestRepository guests,
    AccountDeletion deletion,
    AuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<PurgeGuestsCommand, Result>
{
    private const int BatchSize = 100;

    public async Task<Result> Handle(PurgeGuestsCommand request, CancellationToken cancellationToken)
    {
        var before = clock.Now().AddDays(-options.GuestDays);
        IReadOnlyList<Guid> batch = [];
        do
        {
            Guid? last = batch is [.., var end] ? end : null;
            batch = await guests.ListUnseenAsync(before, last, BatchSize, cancellationToken);
            foreach (var id in batch)
            {
                var saved = await RemoveAsync(id, before, cancellationToken);
                // A conflict means that the guest was seen, has registered or was deleted meanwhile.
                if (!saved.IsSuccess && saved.Error != CommonErrors.StateConflict)
                {
                    return saved;
                }
            }
        } while (batch.Count == BatchSize);

        return Result.Success;
    }

    private async Task<Result> RemoveAsync(Guid id, DateTimeOffset before, CancellationToken cancellationToken)
    {
        guests.RequireUnseen(id, before);
        if (await deletion.RemoveAsync(id, cancellationToken))
        {
            audit.RecordDeletion(id);
        }

        return await unitOfWork.SaveChangesAsync(cancellationToken);
    }
}

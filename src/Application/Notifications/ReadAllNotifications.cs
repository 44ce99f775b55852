using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Notifications;
using Fitnessify.Domain.Push;
using MediatR;

namespace Fitnessify.Application.Notifications;

/// <summary>I have seen them all, or all up to one.</summary>
/// <param name="Through">The id of the newest that was seen; null for all.</param>
public sealed record ReadAllNotificationsCommand(Guid? Through = null) : IRequest<Result>;

internal sealed class ReadAllNotificationsHandler(
    ICurrentUser currentUser,
    INotificationRepository notifications,
    IPushDeliveries pushes,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<ReadAllNotificationsCommand, Result>
{
    // A batch is small enough to hold the write lock only briefly.
    private const int BatchSize = 500;

    public async Task<Result> Handle(ReadAllNotificationsCommand request, CancellationToken cancellationToken)
    {
        Notification? through = null;
        if (request.Through is { } id)
        {
            through = await notifications.FindAsync(currentUser.Id, id, cancellationToken);
            if (through is null)
            {
                return CommonErrors.NotFound;
            }
        }

        var now = clock.Now();
        while (
            await notifications.ReadOldestAsync(currentUser.Id, through, now, BatchSize, cancellationToken) is { } range
        )
        {
            pushes.DismissAll(currentUser.Id, range, currentUser.SessionId, now);
            var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
            if (!saved.IsSuccess)
            {
                return saved;
            }
        }

        return Result.Success;
    }
}

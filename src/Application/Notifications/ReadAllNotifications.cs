using Fitnessify.Domain.Common;
using Fitnessify.Domain.Notifications;
using Fitnessify.Domain.Users;
using MediatR;

namespace Fitnessify.Application.Notifications;

/// <summary>I have seen them all.</summary>
public sealed record ReadAllNotificationsCommand : IRequest<Result>;

internal sealed class ReadAllNotificationsHandler(
    ICurrentUser currentUser,
    INotificationRepository notifications,
    TimeProvider clock
) : IRequestHandler<ReadAllNotificationsCommand, Result>
{
    // Small enough that nobody else waits long for the lock.
    private const int BatchSize = 500;

    public async Task<Result> Handle(ReadAllNotificationsCommand request, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        while (await notifications.ReadOldestAsync(currentUser.Id, now, BatchSize, cancellationToken) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return Result.Success;
    }
}

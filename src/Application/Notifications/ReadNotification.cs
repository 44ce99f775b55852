using AutoMapper;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Notifications;
using Fitnessify.Domain.Push;
using MediatR;

namespace Fitnessify.Application.Notifications;

/// <summary>Marks a notification as read; a repetition changes nothing.</summary>
/// <param name="Id">The notification.</param>
public sealed record ReadNotificationCommand(Guid Id) : IRequest<Result<NotificationDto>>;

internal sealed class ReadNotificationHandler(
    ICurrentUser currentUser,
    INotificationRepository notifications,
    IPushDeliveries pushes,
    IUnitOfWork unitOfWork,
    IMapper mapper,
    TimeProvider clock
) : IRequestHandler<ReadNotificationCommand, Result<NotificationDto>>
{
    public async Task<Result<NotificationDto>> Handle(
        ReadNotificationCommand request,
        CancellationToken cancellationToken
    )
    {
        if (await notifications.FindAsync(currentUser.Id, request.Id, cancellationToken) is not { } notification)
        {
            return CommonErrors.NotFound;
        }

        if (notification.ReadAt is null)
        {
            var now = clock.Now();
            notification.Read(now);
            pushes.Dismiss(notification, currentUser.SessionId, now);
        }

        var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
        return saved.Then(() => mapper.Map<NotificationDto>(notification));
    }
}

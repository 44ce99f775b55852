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
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<ReadAllNotificationsCommand, Result>
{
    public Task<Result> Handle(ReadAllNotificationsCommand request, CancellationToken cancellationToken)
    {
        notifications.ReadAll(currentUser.Id, clock.Now());
        return unitOfWork.SaveChangesAsync(cancellationToken);
    }
}

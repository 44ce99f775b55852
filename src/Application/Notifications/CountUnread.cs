using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Notifications;
using MediatR;

namespace Fitnessify.Application.Notifications;

/// <summary>Counts the unread notifications of the current user.</summary>
public sealed record CountUnreadQuery : IRequest<Result<UnreadCountDto>>;

internal sealed class CountUnreadHandler(ICurrentUser currentUser, INotificationRepository notifications)
    : IRequestHandler<CountUnreadQuery, Result<UnreadCountDto>>
{
    public async Task<Result<UnreadCountDto>> Handle(CountUnreadQuery request, CancellationToken cancellationToken) =>
        new UnreadCountDto(await notifications.CountUnreadAsync(currentUser.Id, cancellationToken));
}

using AutoMapper;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Notifications;
using MediatR;

namespace Fitnessify.Application.Notifications;

/// <summary>Lists the notifications of the current user, newest first.</summary>
/// <param name="Unread">Only unread ones, or only read ones; all when null.</param>
/// <param name="Limit">Items a page.</param>
/// <param name="Cursor">From the page before.</param>
public sealed record ListNotificationsQuery(bool? Unread, int Limit, string? Cursor)
    : IRequest<Result<PageDto<NotificationDto>>>;

internal sealed class ListNotificationsValidator : RequestValidator<ListNotificationsQuery>
{
    public ListNotificationsValidator() => RuleFor(query => query.Limit).PageLimit();
}

internal sealed class ListNotificationsHandler(
    ICurrentUser currentUser,
    INotificationRepository notifications,
    IMapper mapper
) : IRequestHandler<ListNotificationsQuery, Result<PageDto<NotificationDto>>>
{
    public async Task<Result<PageDto<NotificationDto>>> Handle(
        ListNotificationsQuery request,
        CancellationToken cancellationToken
    )
    {
        var page = await notifications.ListAsync(
            currentUser.Id,
            request.Unread,
            new PageRequest(request.Limit, request.Cursor),
            cancellationToken
        );
        return page.ToDto(mapper.Map<NotificationDto>);
    }
}

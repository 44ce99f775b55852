using AutoMapper;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Notifications;
using MediatR;

namespace Fitnessify.Application.Notifications;

/// <summary>Reads the notification settings of the current user.</summary>
public sealed record GetNotificationSettingsQuery : IRequest<Result<NotificationSettingsDto>>;

internal sealed class GetNotificationSettingsHandler(
    ICurrentUser currentUser,
    INotificationSettingsRepository settings,
    IMapper mapper
) : IRequestHandler<GetNotificationSettingsQuery, Result<NotificationSettingsDto>>
{
    public async Task<Result<NotificationSettingsDto>> Handle(
        GetNotificationSettingsQuery request,
        CancellationToken cancellationToken
    ) => mapper.Map<NotificationSettingsDto>(await settings.GetAsync(currentUser.Id, cancellationToken));
}

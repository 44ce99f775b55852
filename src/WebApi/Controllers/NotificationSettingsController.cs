using Fitnessify.Application.Notifications;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Fitnessify.WebApi.Controllers;

/// <summary>How the user wants to be told.</summary>
[Route("api/v1/users/me/notification-settings")]
public sealed class NotificationSettingsController(IMediator sender) : ApiController(sender)
{
    /// <summary>Whether by e-mail too, and when not.</summary>
    [HttpGet]
    [ProducesResponseType<NotificationSettingsDto>(StatusCodes.Status200OK)]
    public async Task<ActionResult<NotificationSettingsDto>> Get(CancellationToken cancellationToken) =>
        Respond(await Sender.Send(new GetNotificationSettingsQuery(), cancellationToken), Ok);

    /// <summary>Replaces the settings.</summary>
    [HttpPut]
    [ProducesResponseType<NotificationSettingsDto>(StatusCodes.Status200OK)]
    public async Task<ActionResult<NotificationSettingsDto>> Set(
        [FromBody] SetNotificationSettingsCommand command,
        CancellationToken cancellationToken
    ) => Respond(await Sender.Send(command, cancellationToken), Ok);
}

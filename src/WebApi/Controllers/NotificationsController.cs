using Fitnessify.Application.Common;
using Fitnessify.Application.Notifications;
using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Common;
using Fitnessify.WebApi.Http;
using Fitnessify.WebApi.Http.Errors;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Fitnessify.WebApi.Controllers;

/// <summary>What the user is told.</summary>
[Route("api/v1/notifications")]
public sealed class NotificationsController(IMediator sender) : ApiController(sender)
{
    /// <summary>The own notifications, newest first.</summary>
    /// <param name="unread">Only unread ones, or only read ones.</param>
    /// <param name="cursor">From the page before.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    /// <param name="limit">Items a page.</param>
    [HttpGet]
    [ProducesResponseType<PageDto<NotificationDto>>(StatusCodes.Status200OK)]
    [Fails("invalid_cursor")]
    public async Task<ActionResult<PageDto<NotificationDto>>> List(
        bool? unread,
        string? cursor,
        CancellationToken cancellationToken,
        int limit = PageRequest.DefaultLimit
    ) => Respond(await Sender.Send(new ListNotificationsQuery(unread, limit, cursor), cancellationToken), Ok);

    /// <summary>How many are unread.</summary>
    [HttpGet("unread-count")]
    [ProducesResponseType<UnreadCountDto>(StatusCodes.Status200OK)]
    public async Task<ActionResult<UnreadCountDto>> CountUnread(CancellationToken cancellationToken) =>
        Respond(await Sender.Send(new CountUnreadQuery(), cancellationToken), Ok);

    /// <summary>Marks one as read. Again does no harm.</summary>
    /// <param name="id">The notification.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    [HttpPost("{id:guid}/read")]
    [ProducesResponseType<NotificationDto>(StatusCodes.Status200OK)]
    [Fails("not_found")]
    public async Task<ActionResult<NotificationDto>> Read(Guid id, CancellationToken cancellationToken) =>
        Respond(await Sender.Send(new ReadNotificationCommand(id), cancellationToken), Ok);

    /// <summary>Tells one again later, as a notification of its own, and marks this one as read. The task stays due when it is.</summary>
    /// <remarks><c>state_conflict</c> when there is nothing to tell: the task is not open, or not due any more when it was.</remarks>
    /// <param name="id">The notification.</param>
    /// <param name="body">How long from now.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    [HttpPost("{id:guid}/snooze")]
    [ProducesResponseType<NotificationDto>(StatusCodes.Status200OK)]
    [Fails("not_found", "state_conflict")]
    public async Task<ActionResult<NotificationDto>> Snooze(
        Guid id,
        [FromBody] SnoozeInput body,
        CancellationToken cancellationToken
    ) => Respond(await Sender.Send(new SnoozeNotificationCommand(id, body), cancellationToken), Ok);

    /// <summary>Moves the task of one to done, and marks it as read. Again does no harm.</summary>
    /// <remarks><c>state_conflict</c> when the task was canceled; <c>not_found</c> also when it is in the trash.</remarks>
    /// <param name="id">The notification.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    [HttpPost("{id:guid}/complete")]
    [ProducesResponseType<TaskDto>(StatusCodes.Status200OK)]
    [Fails("not_found", "state_conflict")]
    public async Task<ActionResult<TaskDto>> Complete(Guid id, CancellationToken cancellationToken) =>
        Respond(await Sender.Send(new CompleteNotificationCommand(id), cancellationToken), Ok);

    /// <summary>Marks all as read, or all up to the newest that was seen: what comes meanwhile stays unread.</summary>
    /// <param name="body">May be left out.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    [HttpPost("read-all")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [Fails("not_found")]
    public async Task<ActionResult> ReadAll(
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] ReadAllNotificationsCommand? body,
        CancellationToken cancellationToken
    ) => Respond(await Sender.Send(body ?? new ReadAllNotificationsCommand(), cancellationToken));

    /// <summary>New notifications as they come (Server-Sent Events), until the session ends or the server stops.</summary>
    /// <remarks>
    /// First <c>ready</c>, then an event for each notification, named after its type and with its id; <c>heartbeat</c> every
    /// 15 seconds. Connect again with <c>Last-Event-ID</c>, as browsers do by themselves, and nothing is missed.
    /// </remarks>
    /// <param name="lastEventId">The id of the last event that had one.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    [HttpGet("stream")]
    [Produces(ServerSentEventsResult.MediaType)]
    [ProducesResponseType<NotificationDto>(StatusCodes.Status200OK)]
    public async Task<ActionResult> Stream(
        [FromHeader(Name = "Last-Event-ID")] string? lastEventId,
        CancellationToken cancellationToken
    ) =>
        Respond(
            await Sender.Send(new StreamNotificationsQuery(lastEventId), cancellationToken),
            events => new ServerSentEventsResult(events)
        );
}

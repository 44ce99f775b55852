using Fitnessify.Application.Common;
using Fitnessify.Application.Sessions;
using Fitnessify.WebApi.Http.Errors;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Fitnessify.WebApi.Controllers;

/// <summary>The devices on which the user is signed in.</summary>
[Route("api/v1/sessions")]
public sealed class SessionsController(IMediator sender) : ApiController(sender)
{
    /// <summary>The own sessions, newest first, all on one page.</summary>
    [HttpGet]
    [ProducesResponseType<PageDto<SessionDto>>(StatusCodes.Status200OK)]
    public async Task<ActionResult<PageDto<SessionDto>>> List(CancellationToken cancellationToken) =>
        Respond(await Sender.Send(new ListSessionsQuery(), cancellationToken), Ok);

    /// <summary>Ends one of the own sessions.</summary>
    /// <param name="id">The session.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    [HttpDelete("{id:guid}")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [Fails("not_found")]
    public async Task<ActionResult> End(Guid id, CancellationToken cancellationToken) =>
        Respond(await Sender.Send(new RevokeSessionCommand(id), cancellationToken));

    /// <summary>Ends all own sessions but this one.</summary>
    [HttpDelete]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<ActionResult> EndOthers(CancellationToken cancellationToken) =>
        Respond(await Sender.Send(new RevokeOtherSessionsCommand(), cancellationToken));
}

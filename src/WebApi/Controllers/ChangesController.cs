using Fitnessify.Application.Changes;
using Fitnessify.Domain.Common;
using Fitnessify.WebApi.Http.Errors;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Fitnessify.WebApi.Controllers;

/// <summary>What changed since a device last asked.</summary>
[Route("api/v1/changes")]
public sealed class ChangesController(IMediator sender) : ApiController(sender)
{
    /// <summary>What changed after a sync token, of tasks and lists, deletions included, in the order of the changes.</summary>
    /// <param name="since">The next of the last call; without it, from the beginning.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    /// <param name="limit">Items at most.</param>
    [HttpGet]
    [ProducesResponseType<ChangesDto>(StatusCodes.Status200OK)]
    [Fails("invalid_sync_token", "sync_token_expired")]
    public async Task<ActionResult<ChangesDto>> List(
        string? since,
        CancellationToken cancellationToken,
        int limit = PageRequest.DefaultLimit
    ) => Respond(await Sender.Send(new ListChangesQuery(since, limit), cancellationToken), Ok);
}

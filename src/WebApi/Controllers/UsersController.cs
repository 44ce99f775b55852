using Fitnessify.Application.Users;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Fitnessify.WebApi.Controllers;

/// <summary>The signed-in user's own account.</summary>
[Route("api/v1/users")]
public sealed class UsersController(IMediator sender) : ApiController(sender)
{
    /// <summary>Who is signed in, with roles and permissions.</summary>
    [HttpGet("me")]
    [ProducesResponseType<UserDto>(StatusCodes.Status200OK)]
    public async Task<ActionResult<UserDto>> GetMe(CancellationToken cancellationToken) =>
        Respond(await Sender.Send(new GetMeQuery(), cancellationToken), Ok);
}

using Fitnessify.Application.Accounts;
using Fitnessify.Application.Auth;
using Fitnessify.Application.Guests;
using Fitnessify.WebApi.Http.Errors;
using Fitnessify.WebApi.Http.RateLimits;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Fitnessify.WebApi.Controllers;

/// <summary>Beginning without registering.</summary>
[Route("api/v1/auth/guest")]
public sealed class GuestsController(IMediator sender) : ApiController(sender)
{
    /// <summary>Begins as a guest on this device, and answers with its tokens.</summary>
    /// <remarks>
    /// A guest has an account without anything to sign in with, and at most 500 tasks. It becomes a member by registration, by an
    /// identity or by a passkey; or a sign-in with guestToken moves what it has to the account that is there already. The
    /// server deletes it when it has not been seen for some weeks. Send a request whose answer got lost again with the same key.
    /// </remarks>
    [HttpPost]
    [AllowAnonymous]
    [EnableRateLimiting(RateLimiting.Guest)]
    [ProducesResponseType<TokensDto>(StatusCodes.Status201Created)]
    [Fails("guests_not_allowed")]
    public async Task<ActionResult<TokensDto>> Start(
        [FromBody] StartGuestCommand command,
        CancellationToken cancellationToken
    ) => Respond(await Sender.Send(command, cancellationToken), tokens => Created("/api/v1/users/me", tokens));

    /// <summary>Registers the guest who is signed in.</summary>
    /// <remarks>The account, its sessions, tasks, versions and sync tokens stay. The address is confirmed as after a registration.</remarks>
    [HttpPut("/api/v1/users/me/registration")]
    [EnableRateLimiting(RateLimiting.SignIn)]
    [ProducesResponseType<UserDto>(StatusCodes.Status200OK)]
    [Fails("username_taken", "email_taken", "password_rejected", "state_conflict")]
    public async Task<ActionResult<UserDto>> Register(
        [FromBody] RegisterGuestCommand command,
        CancellationToken cancellationToken
    ) => Respond(await Sender.Send(command, cancellationToken), Ok);
}

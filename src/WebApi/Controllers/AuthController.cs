using Fitnessify.Application.Auth;
using Fitnessify.Application.Users;
using Fitnessify.WebApi.Http;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Fitnessify.WebApi.Controllers;

/// <summary>Registration and sign-in.</summary>
[Route("api/v1/auth")]
public sealed class AuthController(IMediator sender) : ApiController(sender)
{
    /// <summary>Creates an account.</summary>
    /// <remarks>The account can sign in at once, unless the server asks for a confirmed e-mail address.</remarks>
    [HttpPost("register")]
    [AllowAnonymous]
    [EnableRateLimiting(RateLimits.SignIn)]
    [ProducesResponseType<UserDto>(StatusCodes.Status201Created)]
    [Fails("username_taken", "email_taken", "password_rejected")]
    public async Task<ActionResult<UserDto>> Register(
        RegisterUserCommand command,
        CancellationToken cancellationToken
    ) => Respond(await Sender.Send(command, cancellationToken), user => Created("/api/v1/users/me", user));

    /// <summary>Signs in on a device and answers with its tokens.</summary>
    /// <remarks>A wrong login and a wrong password get the same answer.</remarks>
    [HttpPost("login")]
    [AllowAnonymous]
    [EnableRateLimiting(RateLimits.SignIn)]
    [ProducesResponseType<TokensDto>(StatusCodes.Status200OK)]
    [Fails("invalid_credentials", "account_disabled", "email_not_confirmed")]
    public async Task<ActionResult<TokensDto>> Login(LoginUserCommand command, CancellationToken cancellationToken) =>
        Respond(await Sender.Send(command, cancellationToken), Ok);

    /// <summary>Ends this session; its tokens are worthless from then on.</summary>
    [HttpPost("logout")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<ActionResult> Logout(CancellationToken cancellationToken) =>
        Respond(await Sender.Send(new LogoutUserCommand(), cancellationToken));
}

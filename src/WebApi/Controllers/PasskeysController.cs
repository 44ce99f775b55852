using Fitnessify.Application.Auth;
using Fitnessify.Application.Common;
using Fitnessify.Application.Passkeys;
using Fitnessify.WebApi.Http.Errors;
using Fitnessify.WebApi.Http.RateLimits;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.RateLimiting;

namespace Fitnessify.WebApi.Controllers;

/// <summary>Sign-in without a password, with a key on the user's device (W3C Web Authentication).</summary>
[Route("api/v1/users/me/passkeys")]
public sealed class PasskeysController(IMediator sender) : ApiController(sender)
{
    /// <summary>The own passkeys, oldest first, all on one page.</summary>
    [HttpGet]
    [ProducesResponseType<PageDto<PasskeyDto>>(StatusCodes.Status200OK)]
    public async Task<ActionResult<PageDto<PasskeyDto>>> List(CancellationToken cancellationToken) =>
        Respond(await Sender.Send(new ListPasskeysQuery(), cancellationToken), Ok);

    /// <summary>The first step to another passkey: answers with what to ask the authenticator.</summary>
    [HttpPost("options")]
    [ProducesResponseType<PasskeyChallengeDto>(StatusCodes.Status200OK)]
    [Fails(
        "reauthentication_required",
        "reauthentication_failed",
        "mfa_code_invalid",
        "too_many_attempts",
        "username_taken",
        "state_conflict"
    )]
    public async Task<ActionResult<PasskeyChallengeDto>> Begin(
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] BeginPasskeyCommand? command,
        CancellationToken cancellationToken
    ) => Respond(await Sender.Send(command ?? new BeginPasskeyCommand(), cancellationToken), Ok);

    /// <summary>The second step: adds what the authenticator has made.</summary>
    [HttpPost]
    [ProducesResponseType<PasskeyDto>(StatusCodes.Status201Created)]
    [Fails("passkey_invalid", "state_conflict", "username_taken")]
    public async Task<ActionResult<PasskeyDto>> Add(
        [FromBody] AddPasskeyCommand command,
        CancellationToken cancellationToken
    ) => Respond(await Sender.Send(command, cancellationToken), added => Created("/api/v1/users/me/passkeys", added));

    /// <summary>Removes a passkey: it signs no user in any more. Sessions go on.</summary>
    /// <param name="id">The passkey.</param>
    /// <param name="body">Who it is; nothing after a reauthentication.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    [HttpPost("{id}/deletion")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [Fails(
        "not_found",
        "last_credential",
        "reauthentication_required",
        "reauthentication_failed",
        "mfa_code_invalid",
        "too_many_attempts"
    )]
    public async Task<ActionResult> Remove(
        string id,
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] RemovePasskeyBody? body,
        CancellationToken cancellationToken
    ) =>
        Respond(
            await Sender.Send(
                new RemovePasskeyCommand(id, body?.Password, body?.Code, body?.RecoveryCode),
                cancellationToken
            )
        );

    /// <summary>The first step of a reauthentication with a passkey: answers with what to ask the authenticator.</summary>
    [HttpPost("/api/v1/auth/reauthenticate/passkey/options")]
    [EnableRateLimiting(RateLimiting.SignIn)]
    [ProducesResponseType<PasskeyChallengeDto>(StatusCodes.Status200OK)]
    public async Task<ActionResult<PasskeyChallengeDto>> BeginReauthentication(CancellationToken cancellationToken) =>
        Respond(await Sender.Send(new BeginPasskeyReauthenticationCommand(), cancellationToken), Ok);

    /// <summary>The first step of a sign-in with a passkey: answers with what to ask the authenticator.</summary>
    [HttpPost("/api/v1/auth/login/passkey/options")]
    [AllowAnonymous]
    [EnableRateLimiting(RateLimiting.SignIn)]
    [ProducesResponseType<PasskeyChallengeDto>(StatusCodes.Status200OK)]
    public async Task<ActionResult<PasskeyChallengeDto>> BeginLogin(CancellationToken cancellationToken) =>
        Respond(await Sender.Send(new BeginPasskeyLoginCommand(), cancellationToken), Ok);

    /// <summary>The second step: signs in on a device and answers with its tokens.</summary>
    /// <remarks>The authenticator has checked who holds it, so that no second factor is asked for.</remarks>
    [HttpPost("/api/v1/auth/login/passkey")]
    [AllowAnonymous]
    [EnableRateLimiting(RateLimiting.SignIn)]
    [ProducesResponseType<TokensDto>(StatusCodes.Status200OK)]
    [Fails("passkey_invalid", "account_disabled", "email_not_confirmed", "limit_reached")]
    public async Task<ActionResult<TokensDto>> Login(
        [FromBody] LoginPasskeyCommand command,
        CancellationToken cancellationToken
    ) => Respond(await Sender.Send(command, cancellationToken), Ok);
}

/// <summary>What the removal of a passkey asks for.</summary>
/// <param name="Password">Asked for again; null within five minutes after a reauthentication of the session.</param>
/// <param name="Code">With the second factor on: six digits from the app; or else a recovery code.</param>
/// <param name="RecoveryCode">In place of a code.</param>
public sealed record RemovePasskeyBody(string? Password = null, string? Code = null, string? RecoveryCode = null);

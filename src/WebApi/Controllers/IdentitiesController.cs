using Fitnessify.Application.Auth;
using Fitnessify.Application.Common;
using Fitnessify.Application.Identities;
using Fitnessify.WebApi.Http.Errors;
using Fitnessify.WebApi.Http.RateLimits;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.RateLimiting;

namespace Fitnessify.WebApi.Controllers;

/// <summary>Sign-in with an identity at Apple, Google or another OpenID Connect issuer.</summary>
[Route("api/v1/users/me/identities")]
public sealed class IdentitiesController(IMediator sender) : ApiController(sender)
{
    /// <summary>The providers whose identities can sign in, all on one page.</summary>
    [HttpGet("/api/v1/auth/identity-providers")]
    [AllowAnonymous]
    [ProducesResponseType<PageDto<IdentityProviderDto>>(StatusCodes.Status200OK)]
    public async Task<ActionResult<PageDto<IdentityProviderDto>>> ListProviders(CancellationToken cancellationToken) =>
        Respond(await Sender.Send(new ListIdentityProvidersQuery(), cancellationToken), Ok);

    /// <summary>Signs in on a device with an identity and answers with its tokens; the first time, with a new account (201).</summary>
    /// <remarks>
    /// The app makes a nonce, gets an ID token for it from the provider and sends both; each works once. If an account has the
    /// verified address of the identity, the answer is identity_not_linked: nothing is linked by the address alone. With a
    /// second factor the answer is mfa_required, as after a password.
    /// </remarks>
    [HttpPost("/api/v1/auth/login/identity")]
    [AllowAnonymous]
    [EnableRateLimiting(RateLimiting.SignIn)]
    [ProducesResponseType<TokensDto>(StatusCodes.Status200OK)]
    [ProducesResponseType<TokensDto>(StatusCodes.Status201Created)]
    [Fails(
        "identity_token_invalid",
        "identity_not_linked",
        "mfa_required",
        "account_disabled",
        "email_not_confirmed",
        "limit_reached"
    )]
    public async Task<ActionResult<TokensDto>> Login(
        [FromBody] LoginIdentityCommand command,
        CancellationToken cancellationToken
    ) =>
        Respond(
            await Sender.Send(command, cancellationToken),
            signIn => signIn.IsNew ? Created("/api/v1/users/me", signIn.Tokens) : Ok(signIn.Tokens)
        );

    /// <summary>The own identities, oldest first, all on one page.</summary>
    [HttpGet]
    [ProducesResponseType<PageDto<IdentityDto>>(StatusCodes.Status200OK)]
    public async Task<ActionResult<PageDto<IdentityDto>>> List(CancellationToken cancellationToken) =>
        Respond(await Sender.Send(new ListIdentitiesQuery(), cancellationToken), Ok);

    /// <summary>Links an identity, by the linkToken of a refused sign-in or by an ID token.</summary>
    [HttpPost]
    [ProducesResponseType<IdentityDto>(StatusCodes.Status201Created)]
    [Fails(
        "identity_token_invalid",
        "identity_taken",
        "username_taken",
        "email_taken",
        "state_conflict",
        "limit_reached",
        "token_invalid_or_expired",
        "reauthentication_required",
        "reauthentication_failed",
        "mfa_code_invalid",
        "too_many_attempts"
    )]
    public async Task<ActionResult<IdentityDto>> Link(
        [FromBody] LinkIdentityCommand command,
        CancellationToken cancellationToken
    ) =>
        Respond(
            await Sender.Send(command, cancellationToken),
            linked => Created("/api/v1/users/me/identities", linked)
        );

    /// <summary>Removes an identity: it signs in to this account no more, and the other sessions that it has started end.</summary>
    /// <remarks>The consent given to Apple is revoked there, too.</remarks>
    /// <param name="id">The identity.</param>
    /// <param name="body">Who it is; nothing after a reauthentication.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    [HttpPost("{id:guid}/deletion")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [Fails(
        "not_found",
        "last_credential",
        "reauthentication_required",
        "reauthentication_failed",
        "mfa_code_invalid",
        "too_many_attempts"
    )]
    public async Task<ActionResult> Unlink(
        Guid id,
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] UnlinkIdentityBody? body,
        CancellationToken cancellationToken
    ) =>
        Respond(
            await Sender.Send(
                new UnlinkIdentityCommand(id, body?.Password, body?.Code, body?.RecoveryCode),
                cancellationToken
            )
        );

    /// <summary>Receives the events that Apple sends from server to server.</summary>
    /// <remarks>
    /// A withdrawn consent or a deleted Apple account removes the identity and ends the sessions that it has started. The
    /// address of this route is to be given to Apple.
    /// </remarks>
    [HttpPost("/api/v1/auth/apple/notifications")]
    [AllowAnonymous]
    [ProducesResponseType(StatusCodes.Status200OK)]
    [Fails("identity_token_invalid")]
    public async Task<ActionResult> ReceiveAppleNotification(
        [FromBody] ReceiveAppleNotificationCommand command,
        CancellationToken cancellationToken
    ) => RespondOk(await Sender.Send(command, cancellationToken));
}

/// <summary>What the removal of an identity asks for.</summary>
/// <param name="Password">Asked for again; null within five minutes after a reauthentication of the session.</param>
/// <param name="Code">With the second factor on: six digits from the app; or else a recovery code.</param>
/// <param name="RecoveryCode">In place of a code.</param>
public sealed record UnlinkIdentityBody(string? Password = null, string? Code = null, string? RecoveryCode = null);

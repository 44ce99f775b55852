using Fitnessify.Application.Mfa;
using Fitnessify.WebApi.Http.Errors;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Fitnessify.WebApi.Controllers;

/// <summary>The second factor of the own account.</summary>
[Route("api/v1/users/me/mfa")]
public sealed class MfaController(IMediator sender) : ApiController(sender)
{
    /// <summary>Whether sign-in takes a second factor, and how many recovery codes are left.</summary>
    [HttpGet]
    [ProducesResponseType<MfaDto>(StatusCodes.Status200OK)]
    public async Task<ActionResult<MfaDto>> Get(CancellationToken cancellationToken) =>
        Respond(await Sender.Send(new GetMfaQuery(), cancellationToken), Ok);

    /// <summary>Begins to set up an authenticator app.</summary>
    /// <remarks>Nothing changes until a code of it is confirmed. Asking again before that replaces the secret.</remarks>
    [HttpPost("totp")]
    [ProducesResponseType<TotpEnrolmentDto>(StatusCodes.Status200OK)]
    [Fails("reauthentication_required", "reauthentication_failed", "too_many_attempts", "state_conflict")]
    public async Task<ActionResult<TotpEnrolmentDto>> EnrolTotp(
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] EnrolTotpCommand? command,
        CancellationToken cancellationToken
    ) => Respond(await Sender.Send(command ?? new EnrolTotpCommand(), cancellationToken), Ok);

    /// <summary>Switches the second factor on, with a code of the app, and answers with the recovery codes.</summary>
    /// <remarks>They are shown only here. The code cannot be used again to sign in.</remarks>
    [HttpPost("totp/confirm")]
    [ProducesResponseType<RecoveryCodesDto>(StatusCodes.Status200OK)]
    [Fails("mfa_code_invalid", "too_many_attempts")]
    public async Task<ActionResult<RecoveryCodesDto>> ConfirmTotp(
        [FromBody] ConfirmTotpCommand command,
        CancellationToken cancellationToken
    ) => Respond(await Sender.Send(command, cancellationToken), Ok);

    /// <summary>Makes new recovery codes; the old ones are worthless then.</summary>
    /// <remarks>It takes the password and a code of the app, or one of the old recovery codes; or a reauthentication.</remarks>
    [HttpPost("recovery-codes")]
    [ProducesResponseType<RecoveryCodesDto>(StatusCodes.Status200OK)]
    [Fails(
        "reauthentication_required",
        "reauthentication_failed",
        "mfa_code_invalid",
        "too_many_attempts",
        "state_conflict"
    )]
    public async Task<ActionResult<RecoveryCodesDto>> ReplaceRecoveryCodes(
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] ReplaceRecoveryCodesCommand? command,
        CancellationToken cancellationToken
    ) => Respond(await Sender.Send(command ?? new ReplaceRecoveryCodesCommand(), cancellationToken), Ok);

    /// <summary>Switches the second factor off.</summary>
    /// <remarks>It takes the password and a code of the app, or a recovery code; or a reauthentication.</remarks>
    [HttpPost("disable")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [Fails(
        "reauthentication_required",
        "reauthentication_failed",
        "mfa_code_invalid",
        "too_many_attempts",
        "state_conflict"
    )]
    public async Task<ActionResult> Disable(
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] DisableMfaCommand? command,
        CancellationToken cancellationToken
    ) => Respond(await Sender.Send(command ?? new DisableMfaCommand(), cancellationToken));
}

using Fitnessify.Application.Accounts;
using Fitnessify.Application.Audit;
using Fitnessify.Application.Common;
using Fitnessify.Application.Export;
using Fitnessify.Domain.Common;
using Fitnessify.WebApi.Http.Errors;
using Fitnessify.WebApi.Http.Json;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

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

    /// <summary>Changes the username.</summary>
    [HttpPatch("me")]
    [Consumes("application/json", JsonBody.MergePatch)]
    [ProducesResponseType<UserDto>(StatusCodes.Status200OK)]
    [Fails("username_taken", "state_conflict")]
    public async Task<ActionResult<UserDto>> UpdateMe(
        [FromBody] UpdateMeCommand command,
        CancellationToken cancellationToken
    ) => Respond(await Sender.Send(command, cancellationToken), Ok);

    /// <summary>Changes the password, or sets the first one, and ends all other sessions.</summary>
    /// <remarks>
    /// Within five minutes after a reauthentication of the session the current password is not asked for; without a password,
    /// that is the only way.
    /// </remarks>
    [HttpPut("me/password")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [Fails(
        "reauthentication_required",
        "reauthentication_failed",
        "password_rejected",
        "too_many_attempts",
        "state_conflict"
    )]
    public async Task<ActionResult> ChangePassword(
        [FromBody] ChangePasswordCommand command,
        CancellationToken cancellationToken
    ) => Respond(await Sender.Send(command, cancellationToken));

    /// <summary>Asks for another e-mail address.</summary>
    /// <remarks>It takes effect when the link that is mailed there is opened; until then the present one counts.</remarks>
    [HttpPut("me/email")]
    [ProducesResponseType(StatusCodes.Status202Accepted)]
    [Fails(
        "reauthentication_required",
        "reauthentication_failed",
        "mfa_code_invalid",
        "too_many_attempts",
        "email_taken",
        "state_conflict"
    )]
    public async Task<ActionResult> ChangeEmail(
        [FromBody] ChangeEmailCommand command,
        CancellationToken cancellationToken
    ) => RespondAccepted(await Sender.Send(command, cancellationToken));

    /// <summary>Deletes the account and all that belongs to it, for good.</summary>
    [HttpPost("me/deletion")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [Fails(
        "reauthentication_required",
        "reauthentication_failed",
        "mfa_code_invalid",
        "too_many_attempts",
        "last_admin"
    )]
    public async Task<ActionResult> DeleteMe(
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] DeleteMeCommand? command,
        CancellationToken cancellationToken
    ) => Respond(await Sender.Send(command ?? new DeleteMeCommand(), cancellationToken));

    /// <summary>All that is stored about the user, but for the hash of the password and what else is secret.</summary>
    [HttpPost("me/export")]
    [ProducesResponseType<ExportDto>(StatusCodes.Status200OK)]
    [Fails("reauthentication_required", "reauthentication_failed", "mfa_code_invalid", "too_many_attempts")]
    public async Task<ActionResult<ExportDto>> ExportMe(
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] ExportMeCommand? command,
        CancellationToken cancellationToken
    ) => Respond(await Sender.Send(command ?? new ExportMeCommand(), cancellationToken), Ok);

    /// <summary>What happened to the account: sign-ins, failures, changes; newest first.</summary>
    /// <param name="limit">Items a page.</param>
    /// <param name="cursor">From the page before.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    [HttpGet("me/security-events")]
    [ProducesResponseType<PageDto<SecurityEventDto>>(StatusCodes.Status200OK)]
    [Fails("invalid_cursor")]
    public async Task<ActionResult<PageDto<SecurityEventDto>>> ListSecurityEvents(
        string? cursor,
        CancellationToken cancellationToken,
        int limit = PageRequest.DefaultLimit
    ) => Respond(await Sender.Send(new ListSecurityEventsQuery(limit, cursor), cancellationToken), Ok);
}

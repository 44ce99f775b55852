using Fitnessify.Application.Admin;
using Fitnessify.Application.Audit;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Common;
using Fitnessify.WebApi.Http.Errors;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Fitnessify.WebApi.Controllers;

/// <summary>Other people's accounts. A user cannot act on another one who has a permission that they lack.</summary>
[Route("api/v1/admin")]
public sealed class AdminController(IMediator sender) : ApiController(sender)
{
    /// <summary>The users, newest first. Needs users:read.</summary>
    /// <param name="q">Part of the username or the e-mail address, in any case.</param>
    /// <param name="role">Only those who have it.</param>
    /// <param name="status">Only those: active or disabled.</param>
    /// <param name="cursor">From the page before.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    /// <param name="limit">Items a page.</param>
    [HttpGet("users")]
    [Authorize(Policy = Permissions.ReadUsers)]
    [ProducesResponseType<PageDto<AdminUserDto>>(StatusCodes.Status200OK)]
    [Fails("invalid_cursor")]
    public async Task<ActionResult<PageDto<AdminUserDto>>> ListUsers(
        string? q,
        string? role,
        string? status,
        string? cursor,
        CancellationToken cancellationToken,
        int limit = PageRequest.DefaultLimit
    ) => Respond(await Sender.Send(new ListUsersQuery(q, role, status, limit, cursor), cancellationToken), Ok);

    /// <summary>One user. Needs users:read.</summary>
    /// <param name="id">The user.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    [HttpGet("users/{id:guid}")]
    [Authorize(Policy = Permissions.ReadUsers)]
    [ProducesResponseType<AdminUserDto>(StatusCodes.Status200OK)]
    [Fails("not_found")]
    public async Task<ActionResult<AdminUserDto>> GetUser(Guid id, CancellationToken cancellationToken) =>
        Respond(await Sender.Send(new GetUserQuery(id), cancellationToken), Ok);

    /// <summary>Gives a user these roles and no others, but member, which everybody has. Needs roles:manage.</summary>
    /// <remarks>It takes effect on tokens that were issued before.</remarks>
    /// <param name="id">The user.</param>
    /// <param name="body">The roles.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    [HttpPut("users/{id:guid}/roles")]
    [Authorize(Policy = Permissions.ManageRoles)]
    [ProducesResponseType<AdminUserDto>(StatusCodes.Status200OK)]
    [Fails("not_found", "last_admin", "state_conflict")]
    public async Task<ActionResult<AdminUserDto>> SetUserRoles(
        Guid id,
        [FromBody] RolesInput body,
        CancellationToken cancellationToken
    ) => Respond(await Sender.Send(new SetUserRolesCommand(id, body), cancellationToken), Ok);

    /// <summary>Keeps a user out, and ends all their sessions. Needs users:manage.</summary>
    /// <param name="id">The user.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    [HttpPost("users/{id:guid}/disable")]
    [Authorize(Policy = Permissions.ManageUsers)]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [Fails("not_found", "last_admin")]
    public async Task<ActionResult> DisableUser(Guid id, CancellationToken cancellationToken) =>
        Respond(await Sender.Send(new DisableUserCommand(id), cancellationToken));

    /// <summary>Lets a user in again, who has to sign in anew. Needs users:manage.</summary>
    /// <param name="id">The user.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    [HttpPost("users/{id:guid}/enable")]
    [Authorize(Policy = Permissions.ManageUsers)]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [Fails("not_found")]
    public async Task<ActionResult> EnableUser(Guid id, CancellationToken cancellationToken) =>
        Respond(await Sender.Send(new EnableUserCommand(id), cancellationToken));

    /// <summary>Ends all sessions of a user. Needs users:manage.</summary>
    /// <param name="id">The user.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    [HttpPost("users/{id:guid}/sign-out")]
    [Authorize(Policy = Permissions.ManageUsers)]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [Fails("not_found")]
    public async Task<ActionResult> SignOutUser(Guid id, CancellationToken cancellationToken) =>
        Respond(await Sender.Send(new SignOutUserCommand(id), cancellationToken));

    /// <summary>Clears the count of wrong passwords and codes, so that the user can try again. Needs users:manage.</summary>
    /// <param name="id">The user.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    [HttpPost("users/{id:guid}/unlock")]
    [Authorize(Policy = Permissions.ManageUsers)]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [Fails("not_found")]
    public async Task<ActionResult> UnlockUser(Guid id, CancellationToken cancellationToken) =>
        Respond(await Sender.Send(new UnlockUserCommand(id), cancellationToken));

    /// <summary>Switches the second factor of a user off who has lost it. Needs users:manage.</summary>
    /// <remarks>The user is told by mail. Sign-in takes the password alone then, until they set up another.</remarks>
    /// <param name="id">The user.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    [HttpPost("users/{id:guid}/reset-mfa")]
    [Authorize(Policy = Permissions.ManageUsers)]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [Fails("not_found", "last_credential")]
    public async Task<ActionResult> ResetMfa(Guid id, CancellationToken cancellationToken) =>
        Respond(await Sender.Send(new ResetMfaCommand(id), cancellationToken));

    /// <summary>Deletes a user and all that belongs to them, for good. Needs users:manage.</summary>
    /// <param name="id">The user.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    [HttpDelete("users/{id:guid}")]
    [Authorize(Policy = Permissions.ManageUsers)]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [Fails("not_found", "last_admin")]
    public async Task<ActionResult> DeleteUser(Guid id, CancellationToken cancellationToken) =>
        Respond(await Sender.Send(new DeleteUserCommand(id), cancellationToken));

    /// <summary>The roles and what they permit. Needs users:read.</summary>
    [HttpGet("roles")]
    [Authorize(Policy = Permissions.ReadUsers)]
    [ProducesResponseType<PageDto<RoleDto>>(StatusCodes.Status200OK)]
    public async Task<ActionResult<PageDto<RoleDto>>> ListRoles(CancellationToken cancellationToken) =>
        Respond(await Sender.Send(new ListRolesQuery(), cancellationToken), Ok);

    /// <summary>What happened to anybody, newest first. Needs audit:read.</summary>
    /// <param name="userId">Who did it, or to whom it was done.</param>
    /// <param name="type">What, for instance signedIn.</param>
    /// <param name="from">A time with an offset; not before.</param>
    /// <param name="to">A time with an offset; before.</param>
    /// <param name="cursor">From the page before.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    /// <param name="limit">Items a page.</param>
    [HttpGet("audit-events")]
    [Authorize(Policy = Permissions.ReadAudit)]
    [ProducesResponseType<PageDto<SecurityEventDto>>(StatusCodes.Status200OK)]
    [Fails("invalid_cursor")]
    public async Task<ActionResult<PageDto<SecurityEventDto>>> ListAuditEvents(
        Guid? userId,
        string? type,
        string? from,
        string? to,
        string? cursor,
        CancellationToken cancellationToken,
        int limit = PageRequest.DefaultLimit
    ) =>
        Respond(
            await Sender.Send(new ListAuditEventsQuery(userId, type, from, to, limit, cursor), cancellationToken),
            Ok
        );
}

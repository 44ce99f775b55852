using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Domain.Admin;

/// <summary>An administrative change of an account, by another user or by its own user.</summary>
/// <param name="ActorId">The user who makes the change; null for the operator of the server, who may make any change.</param>
/// <param name="SubjectId">The id of the affected account.</param>
/// <param name="Permission">The permission that the change requires; null if every user may make it to their own account.</param>
/// <param name="Roles">The roles that the subject has after the change; null if they stay.</param>
/// <param name="IsForOthersOnly">
/// Whether the change is forbidden on the own account, because it would bypass the reauthentication that is required there.
/// </param>
public sealed record AdminAction(
    Guid? ActorId,
    Guid SubjectId,
    string? Permission = null,
    IReadOnlyCollection<string>? Roles = null,
    bool IsForOthersOnly = false
)
{
    /// <summary>
    /// Checks the change against the current permissions. An actor needs every permission that the subject has or would get.
    /// </summary>
    /// <param name="actor">The actor's permissions; null if the account does not exist.</param>
    /// <param name="subject">The subject's permissions; null if the account does not exist.</param>
    /// <param name="granted">The permissions that the new roles grant.</param>
    /// <returns>The error, or null if the change is permitted.</returns>
    public Error? Authorize(EffectivePermissions? actor, EffectivePermissions? subject, IEnumerable<string> granted)
    {
        if (ActorId is null)
        {
            return subject is null ? CommonErrors.NotFound : null;
        }

        if (actor is not { IsActive: true })
        {
            // The actor was disabled or deleted after authentication; the next request would get the same answer there.
            return SessionErrors.SessionRevoked;
        }

        if (Permission is not null && !actor.Permissions.Contains(Permission))
        {
            return AdminErrors.PermissionDenied;
        }

        if (IsForOthersOnly && ActorId == SubjectId)
        {
            return AdminErrors.PermissionDenied;
        }

        if (subject is null)
        {
            return CommonErrors.NotFound;
        }

        return actor.Permissions.IsSupersetOf(subject.Permissions.Concat(granted))
            ? null
            : AdminErrors.PermissionDenied;
    }
}

/// <summary>The permissions that a user has at the moment.</summary>
/// <param name="IsActive">Whether the account is enabled.</param>
/// <param name="Permissions">The permissions of all roles.</param>
public sealed record EffectivePermissions(bool IsActive, IReadOnlySet<string> Permissions);

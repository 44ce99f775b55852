using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Domain.Admin;

/// <summary>Something that is done to an account, by somebody else or by its own user.</summary>
/// <param name="ActorId">Who does it; null for the operator of the server, who may do anything.</param>
/// <param name="SubjectId">To whose account.</param>
/// <param name="Permission">What it takes; null for what everybody may do to their own account.</param>
/// <param name="Roles">The roles that the subject has after it; null when they stay.</param>
/// <param name="IsForOthersOnly">Whether it would let the actor around what is asked of everybody who does it to their own account.</param>
public sealed record AdminAction(
    Guid? ActorId,
    Guid SubjectId,
    string? Permission = null,
    IReadOnlyCollection<string>? Roles = null,
    bool IsForOthersOnly = false
)
{
    /// <summary>Whether it may be done, as things stand: nobody acts on a user who may do, or is to do, what they may not.</summary>
    /// <param name="actor">Null when they are gone.</param>
    /// <param name="subject">Null when they are gone.</param>
    /// <param name="granted">What the new roles permit.</param>
    /// <returns>Why not, or null.</returns>
    public Error? Authorize(EffectivePermissions? actor, EffectivePermissions? subject, IEnumerable<string> granted)
    {
        if (ActorId is null)
        {
            return subject is null ? CommonErrors.NotFound : null;
        }

        if (actor is not { IsActive: true })
        {
            // Gone between the door and here: the same answer as a moment later at the door.
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

/// <summary>What somebody may do at the moment.</summary>
/// <param name="IsActive">Whether the account is not disabled.</param>
/// <param name="Permissions">Of all roles together.</param>
public sealed record EffectivePermissions(bool IsActive, IReadOnlySet<string> Permissions);

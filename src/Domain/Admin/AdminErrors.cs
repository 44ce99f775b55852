using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Admin;

/// <summary>Why something is not done to an account.</summary>
public static class AdminErrors
{
    /// <summary>The caller's roles do not permit it, or it is done to somebody whose roles permit more.</summary>
    public static readonly Error PermissionDenied = new(
        ErrorKind.Forbidden,
        "permission_denied",
        "Your roles do not permit this."
    );

    /// <summary>Without this admin there would be none.</summary>
    public static readonly Error LastAdmin = new(
        ErrorKind.Conflict,
        "last_admin",
        "This is the last active admin. Make somebody else an admin first."
    );
}

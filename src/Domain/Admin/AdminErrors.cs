using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Admin;

/// <summary>Expected failures of administrative changes.</summary>
public static class AdminErrors
{
    /// <summary>The caller's roles do not permit the change, or the subject's roles permit more than the caller's.</summary>
    public static readonly Error PermissionDenied = new(
        ErrorKind.Forbidden,
        "permission_denied",
        "Your roles do not permit this."
    );

    /// <summary>The change would leave no active admin.</summary>
    public static readonly Error LastAdmin = new(
        ErrorKind.Conflict,
        "last_admin",
        "This is the last active admin. Make somebody else an admin first."
    );
}

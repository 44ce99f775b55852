namespace Fitnessify.Domain.Accounts;

/// <summary>The names of the roles. What each permits is data, see the roles' table.</summary>
public static class Roles
{
    /// <summary>Everybody who registers.</summary>
    public const string Member = "member";

    /// <summary>Sees users and the audit trail.</summary>
    public const string Support = "support";

    /// <summary>Support, and manages users and their roles.</summary>
    public const string Admin = "admin";
}

/// <summary>The names of the permissions that roles grant.</summary>
public static class Permissions
{
    /// <summary>See other people's accounts.</summary>
    public const string ReadUsers = "users:read";

    /// <summary>See the audit trail.</summary>
    public const string ReadAudit = "audit:read";

    /// <summary>Disable, sign out, unlock and delete other people's accounts.</summary>
    public const string ManageUsers = "users:manage";

    /// <summary>Grant and take roles.</summary>
    public const string ManageRoles = "roles:manage";

    /// <summary>All there are.</summary>
    public static readonly IReadOnlyList<string> All = [ReadUsers, ReadAudit, ManageUsers, ManageRoles];
}

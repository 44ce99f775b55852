namespace Fitnessify.Domain.Accounts;

/// <summary>The names of the roles. The database stores which permissions each role grants.</summary>
public static class Roles
{
    /// <summary>The role of every account.</summary>
    public const string Member = "member";

    /// <summary>The role that may see users and the audit trail.</summary>
    public const string Support = "support";

    /// <summary>The role that may do what support may, and also manage users and their roles.</summary>
    public const string Admin = "admin";
}

/// <summary>The names of the permissions that roles grant.</summary>
public static class Permissions
{
    /// <summary>The user may see the accounts of others.</summary>
    public const string ReadUsers = "users:read";

    /// <summary>The user may see the audit trail.</summary>
    public const string ReadAudit = "audit:read";

    /// <summary>The user may disable, sign out, unlock and delete the accounts of others.</summary>
    public const string ManageUsers = "users:manage";

    /// <summary>The user may grant and remove roles.</summary>
    public const string ManageRoles = "roles:manage";

    /// <summary>All permissions that exist.</summary>
    public static readonly IReadOnlyList<string> All = [ReadUsers, ReadAudit, ManageUsers, ManageRoles];
}

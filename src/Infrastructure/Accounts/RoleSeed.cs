using Fitnessify.Domain.Accounts;
using Microsoft.AspNetCore.Identity;

namespace Fitnessify.Infrastructure.Accounts;

/// <summary>The roles and what they permit, as the first migration writes them.</summary>
internal static class RoleSeed
{
    /// <summary>The claim type under which a role's permissions are stored.</summary>
    public const string PermissionClaim = "permission";

    public static readonly Guid MemberId = new("0197a000-0000-7000-8000-000000000001");
    private static readonly Guid SupportId = new("0197a000-0000-7000-8000-000000000002");
    public static readonly Guid AdminId = new("0197a000-0000-7000-8000-000000000003");

    public static readonly IdentityRole<Guid>[] Roles =
    [
        Role(MemberId, Domain.Accounts.Roles.Member),
        Role(SupportId, Domain.Accounts.Roles.Support),
        Role(AdminId, Domain.Accounts.Roles.Admin),
    ];

    public static readonly IdentityRoleClaim<Guid>[] Claims =
    [
        Claim(1, SupportId, Permissions.ReadUsers),
        Claim(2, SupportId, Permissions.ReadAudit),
        Claim(3, AdminId, Permissions.ReadUsers),
        Claim(4, AdminId, Permissions.ReadAudit),
        Claim(5, AdminId, Permissions.ManageUsers),
        Claim(6, AdminId, Permissions.ManageRoles),
    ];

    // The stamp is fixed: a random one would make every model differ from the last.
    private static IdentityRole<Guid> Role(Guid id, string name) =>
        new()
        {
            Id = id,
            Name = name,
            NormalizedName = name.ToUpperInvariant(),
            ConcurrencyStamp = id.ToString(),
        };

    private static IdentityRoleClaim<Guid> Claim(int id, Guid roleId, string permission) =>
        new()
        {
            Id = id,
            RoleId = roleId,
            ClaimType = PermissionClaim,
            ClaimValue = permission,
        };
}

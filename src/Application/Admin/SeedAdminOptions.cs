namespace Fitnessify.Application.Admin;

/// <summary>
/// Section <c>Seed:Admin</c>: the first admin, made at the first start with these; once there is a user of that name they change
/// nothing, and the password can be taken away.
/// </summary>
public sealed class SeedAdminOptions
{
    /// <summary>As for a registration, and as it shall be shown.</summary>
    public string? Username { get; init; }

    /// <summary>Counts as confirmed.</summary>
    public string? Email { get; init; }

    /// <summary>See the password policy.</summary>
    public string? Password { get; init; }

    internal bool IsSet => Username is not null || Email is not null || Password is not null;
}

namespace Fitnessify.Application.Admin;

/// <summary>Section <c>Seed:Admin</c>: the first admin. What the values must be, registration says.</summary>
public sealed class SeedAdminOptions
{
    /// <summary>As it shall be shown.</summary>
    public string? Username { get; init; }

    /// <summary>Counts as confirmed.</summary>
    public string? Email { get; init; }

    /// <summary>See the password policy.</summary>
    public string? Password { get; init; }

    internal bool IsSet => Username is not null || Email is not null || Password is not null;
}

namespace Fitnessify.Domain.Accounts;

/// <summary>A registered person, as the use cases see them. Secrets stay behind <see cref="IAccountRepository"/>.</summary>
/// <param name="Id">UUID, version 7.</param>
/// <param name="Username">As typed at registration; compared case-blind.</param>
/// <param name="Email">As typed; compared normalised.</param>
/// <param name="EmailConfirmed">Whether the person has shown that they read mail sent there.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="Roles">Role names, sorted.</param>
/// <param name="Permissions">What the roles permit together, sorted, each once.</param>
public sealed record User(
    Guid Id,
    string Username,
    string Email,
    bool EmailConfirmed,
    DateTimeOffset CreatedAt,
    IReadOnlyList<string> Roles,
    IReadOnlyList<string> Permissions
)
{
    /// <summary>UTF-16 units.</summary>
    public const int UsernameMinLength = 3;

    /// <summary>UTF-16 units.</summary>
    public const int UsernameMaxLength = 30;

    /// <summary>UTF-16 units (RFC 5321, 4.5.3.1.3 less the angle brackets).</summary>
    public const int EmailMaxLength = 254;

    /// <summary>UTF-16 units before the @ (RFC 5321, 4.5.3.1.1).</summary>
    public const int EmailLocalPartMaxLength = 64;

    /// <summary>UTF-16 units; long enough for any passphrase (ASVS 5.0, 6.2.9).</summary>
    public const int PasswordMaxLength = 128;

    /// <summary>UTF-16 units of what is looked at as a password at all; between the two it is told that it is too long for one.</summary>
    public const int PasswordInputMaxLength = 1024;
}

using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Admin;

/// <summary>The accounts of all users, to look at.</summary>
public interface IUserDirectory
{
    /// <summary>A page of accounts, newest first, or <c>invalid_cursor</c>.</summary>
    /// <param name="callerId">Who asks: cursors are worthless for others.</param>
    /// <param name="filter">Which.</param>
    /// <param name="page">Which part.</param>
    /// <param name="now">UTC; tells which sessions live.</param>
    Task<Result<Page<ManagedUser>>> ListAsync(
        Guid callerId,
        UserFilter filter,
        PageRequest page,
        DateTimeOffset now,
        CancellationToken cancellationToken
    );

    /// <summary>The account, or null.</summary>
    Task<ManagedUser?> FindAsync(Guid id, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>All roles, by name.</summary>
    Task<IReadOnlyList<Role>> ListRolesAsync(CancellationToken cancellationToken);
}

/// <summary>Which accounts; null does not filter.</summary>
/// <param name="Text">Part of the username or the e-mail address, in any case.</param>
/// <param name="Role">The name of a role.</param>
/// <param name="Status">Whether it may be used.</param>
public sealed record UserFilter(string? Text, string? Role, UserStatus? Status);

/// <summary>Whether an account may be used.</summary>
public enum UserStatus
{
    /// <summary>It may.</summary>
    Active,

    /// <summary>An admin has disabled it.</summary>
    Disabled,
}

/// <summary>An account, as admins see it.</summary>
/// <param name="Id">UUID, version 7.</param>
/// <param name="Username">As typed at registration; compared case-blind.</param>
/// <param name="Email">As typed; compared normalised.</param>
/// <param name="EmailConfirmed">Whether the person has shown that they read mail sent there.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="Roles">Role names, sorted.</param>
/// <param name="Permissions">What the roles permit together, sorted, each once.</param>
/// <param name="Status">Whether it may be used.</param>
/// <param name="MfaEnabled">Whether sign-in takes a second factor.</param>
/// <param name="LastSignInAt">UTC; null before the first, and when it is longer ago than the audit trail reaches.</param>
/// <param name="Sessions">How many live.</param>
public sealed record ManagedUser(
    Guid Id,
    string Username,
    string Email,
    bool EmailConfirmed,
    DateTimeOffset CreatedAt,
    IReadOnlyList<string> Roles,
    IReadOnlyList<string> Permissions,
    UserStatus Status,
    bool MfaEnabled,
    DateTimeOffset? LastSignInAt,
    int Sessions
);

/// <summary>What a role permits.</summary>
/// <param name="Name">One of <see cref="Accounts.Roles"/>, or one that was added since.</param>
/// <param name="Permissions">Sorted.</param>
public sealed record Role(string Name, IReadOnlyList<string> Permissions);

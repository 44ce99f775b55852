using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Admin;

/// <summary>Reads the accounts of all users for admins.</summary>
public interface IUserDirectory
{
    /// <summary>Returns a page of accounts, newest first, or <c>invalid_cursor</c>.</summary>
    /// <param name="callerId">The user who asks; a cursor is valid only for the user it was issued to.</param>
    /// <param name="filter">The accounts that are wanted.</param>
    /// <param name="page">The page that is wanted.</param>
    /// <param name="now">The current time in UTC, which determines the live sessions.</param>
    Task<Result<Page<ManagedUser>>> ListAsync(
        Guid callerId,
        UserFilter filter,
        PageRequest page,
        DateTimeOffset now,
        CancellationToken cancellationToken
    );

    /// <summary>Reads an account; null if there is none.</summary>
    Task<ManagedUser?> FindAsync(Guid id, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Returns all roles, sorted by name.</summary>
    Task<IReadOnlyList<Role>> ListRolesAsync(CancellationToken cancellationToken);
}

/// <summary>A filter of accounts; a null value does not filter.</summary>
/// <param name="Text">Part of the username or the e-mail address, in any case.</param>
/// <param name="Role">The name of a role that the account must have.</param>
/// <param name="Status">The status that the account must have.</param>
public sealed record UserFilter(string? Text, string? Role, UserStatus? Status);

/// <summary>Whether an account may be used.</summary>
public enum UserStatus
{
    /// <summary>It may.</summary>
    Active,

    /// <summary>An admin has disabled it.</summary>
    Disabled,
}

/// <summary>A read model of an account for admins.</summary>
/// <param name="Id">The account's id, a UUID of version 7.</param>
/// <param name="Kind">Whether the user has registered.</param>
/// <param name="Username">The username as typed at registration; compared case-insensitively.</param>
/// <param name="Email">The address as typed, or null; compared in normalized form.</param>
/// <param name="EmailConfirmed">Whether the user has proven that they can read mail sent to the address.</param>
/// <param name="DisplayName">The name that is shown to people, or null.</param>
/// <param name="Locale">The language of mails, as a language tag (BCP 47).</param>
/// <param name="TimeZone">The IANA name of the user's time zone.</param>
/// <param name="SignInMethods">How the user can sign in; see <see cref="Accounts.CredentialNames"/>.</param>
/// <param name="CreatedAt">The time of the registration in UTC.</param>
/// <param name="Roles">The names of the roles, sorted.</param>
/// <param name="Permissions">The permissions of all roles, sorted and without duplicates.</param>
/// <param name="Status">Whether the account may be used.</param>
/// <param name="MfaEnabled">Whether sign-in takes a second factor.</param>
/// <param name="LastSignInAt">UTC; null before the first, and when it is longer ago than the audit trail reaches.</param>
/// <param name="Sessions">The number of live sessions.</param>
public sealed record ManagedUser(
    Guid Id,
    AccountKind Kind,
    string Username,
    string? Email,
    bool EmailConfirmed,
    string? DisplayName,
    string Locale,
    string TimeZone,
    IReadOnlyList<string> SignInMethods,
    DateTimeOffset CreatedAt,
    IReadOnlyList<string> Roles,
    IReadOnlyList<string> Permissions,
    UserStatus Status,
    bool MfaEnabled,
    DateTimeOffset? LastSignInAt,
    int Sessions
);

/// <summary>A role and the permissions that it grants.</summary>
/// <param name="Name">The name: one of <see cref="Accounts.Roles"/>, or a role that was added in the database.</param>
/// <param name="Permissions">The permissions, sorted.</param>
public sealed record Role(string Name, IReadOnlyList<string> Permissions);

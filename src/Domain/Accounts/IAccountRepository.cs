namespace Fitnessify.Domain.Accounts;

/// <summary>Stores accounts. A deleted account is never found.</summary>
public interface IAccountRepository
{
    /// <summary>
    /// Adds an account with the role <see cref="Roles.Member"/> to the unit of work. The save fails with <c>username_taken</c>
    /// or <c>email_taken</c> if another account has one of them.
    /// </summary>
    void Add(Account account);

    /// <summary>
    /// Loads an account for a change in the unit of work; null if there is none. If it is deleted before the save, the save
    /// fails with <c>session_revoked</c>.
    /// </summary>
    Task<Account?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Reads an account with its roles and permissions; null if there is none.</summary>
    Task<AccountProfile?> FindProfileAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Reads the IANA name of the user's time zone; null if there is no such account.</summary>
    Task<string?> FindTimeZoneAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>
    /// Reads the credentials for a sign-in by username or address, in any case. An account that has only a pending address is
    /// found by it too; null if no account matches.
    /// </summary>
    Task<Credentials?> FindCredentialsAsync(string login, CancellationToken cancellationToken);

    /// <summary>Reads the credentials for a reauthentication; null if the account does not exist.</summary>
    Task<Credentials?> FindCredentialsAsync(Guid id, CancellationToken cancellationToken);
}

/// <summary>The part of an account that sign-in needs.</summary>
/// <param name="UserId">The account.</param>
/// <param name="Username">The username, which the password policy needs.</param>
/// <param name="Email">The address that is shown, which the password policy needs, or null.</param>
/// <param name="PasswordHash">The hash that the password is compared with; null for an account without a password.</param>
/// <param name="EmailConfirmed">Whether the address is confirmed.</param>
/// <param name="IsDisabled">Whether an admin has disabled the account.</param>
/// <param name="SecurityStamp">
/// The stamp is replaced when the password, MFA, the address or the status changes; see <see cref="Account.SecurityStamp"/>.
/// </param>
/// <param name="PendingEmail">The address that takes the place of the present one when it is confirmed, or null.</param>
/// <param name="MfaEnabled">Whether sign-in takes a second factor.</param>
/// <param name="IsGuest">Whether the account is a guest's, who has nothing to sign in with.</param>
public sealed record Credentials(
    Guid UserId,
    string Username,
    string? Email,
    string? PasswordHash,
    bool EmailConfirmed,
    bool IsDisabled,
    string SecurityStamp,
    string? PendingEmail = null,
    bool MfaEnabled = false,
    bool IsGuest = false
)
{
    /// <summary>Whether the address is pending: other accounts may request it too until it is confirmed.</summary>
    public bool IsEmailPending => PendingEmail is not null && PendingEmail == Email;

    /// <summary>The throttle identifiers under which wrong passwords of the account are counted.</summary>
    public IReadOnlyList<string> Identifiers => Present(ReauthenticationIdentifierOf(UserId), Username, Email);

    /// <summary>The throttle identifier of wrong MFA codes. It is separate, so that the right password does not reset the count.</summary>
    public string MfaIdentifier => MfaIdentifierOf(UserId);

    /// <summary>Returns all throttle identifiers under which failed attempts on an account are counted.</summary>
    public static IReadOnlyList<string> IdentifiersOf(Account account) =>
        Present(
            ReauthenticationIdentifierOf(account.Id),
            account.Username,
            account.Address,
            MfaIdentifierOf(account.Id)
        );

    /// <summary>
    /// Returns the MFA identifier of an account. It contains a control character, which no login does, so only a user who knows
    /// the password can add to the count.
    /// </summary>
    public static string MfaIdentifierOf(Guid userId) => $"mfa\u001f{userId}";

    /// <summary>
    /// Returns the identifier of failed reauthentications. It contains a control character, so no sign-in can add
    /// to the count.
    /// </summary>
    public static string ReauthenticationIdentifierOf(Guid userId) => $"reauthentication\u001f{userId}";

    private static List<string> Present(params string?[] identifiers) => [.. identifiers.OfType<string>()];
}

using Fitnessify.Domain.Auth;



namespace Fitnessify.Domain.Accounts;

/// <summary>Stored accounts. A deleted account is none for anybody.</summary>
public interface IAccountRepository
{
    /// <summary>Adds an account in role <see cref="Roles.Member"/> to the unit of work. <c>username_taken</c> and <c>email_taken</c> show when that is saved.</summary>
    void Add(Account account);

    /// <summary>The account, to be changed in the unit of work, or null. That it was deleted meanwhile shows as <c>session_revoked</c> when that is saved.</summary>
    Task<Account?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>The account with its roles and permissions, to look at, or null.</summary>
    Task<AccountProfile?> FindProfileAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>What sign-in compares, or null when nobody has this username or e-mail address (in any case), or claims it and has no other.</summary>
    Task<Credentials?> FindCredentialsAsync(string login, CancellationToken cancellationToken);

    /// <summary>What is compared when a signed-in user gives the password again, or null when the account is gone.</summary>
    Task<Credentials?> FindCredentialsAsync(Guid id, CancellationToken cancellationToken);
}

/// <summary>What sign-in needs to know about an account.</summary>
/// <param name="UserId">The account.</param>
/// <param name="Username">For the password policy.</param>
/// <param name="Email">For the password policy.</param>
/// <param name="PasswordHash">The hash that the password is compared with.</param>
/// <param name="EmailConfirmed">Whether the address is confirmed.</param>
/// <param name="IsDisabled">Whether an administrator has disabled the account.</param>
/// <param name="SecurityStamp">Another one after each change of password, second factor, address or status; see <see cref="ICredentialGuard"/>.</param>
/// <param name="PendingEmail">The address that takes the place of the present one when it is confirmed, or null.</param>
/// <param name="MfaEnabled">Whether sign-in takes a second factor.</param>
public sealed record Credentials(
    Guid UserId,
    string Username,
    string Email,
    string PasswordHash,
    bool EmailConfirmed,
    bool IsDisabled,
    string SecurityStamp,
    string? PendingEmail = null,
    bool MfaEnabled = false
)
{
    /// <summary>Whether the address is only claimed: it is the account's once it is confirmed, and anybody else's as well until then.</summary>
    public bool IsEmailPending => PendingEmail == Email;

    /// <summary>All under which wrong passwords of the account are counted.</summary>
    public IReadOnlyList<string> Identifiers => [ReauthenticationIdentifierOf(UserId), Username, Email];

    /// <summary>Under which wrong codes of the account are counted, by themselves: the right password does not forgive them.</summary>
    public string MfaIdentifier => MfaIdentifierOf(UserId);

    /// <summary>The same, of this account. No login holds a control character: only who knows the password can count up here.</summary>
    public static string MfaIdentifierOf(Guid userId) => $"mfa\u001f{userId}";

    /// <summary>Under which wrong passwords of who is signed in are counted: no sign-in counts up here either.</summary>
    public static string ReauthenticationIdentifierOf(Guid userId) => $"reauthentication\u001f{userId}";
}

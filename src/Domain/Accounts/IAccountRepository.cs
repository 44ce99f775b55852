using Fitnessify.Domain.Auth;

namespace Fitnessify.Domain.Accounts;

/// <summary>What the use cases need of the stored accounts.</summary>
public interface IAccountRepository
{
    /// <summary>Adds an account in role <see cref="Roles.Member"/> to the unit of work. Uniqueness shows when that is saved.</summary>
    Task<User> AddAsync(NewAccount account, CancellationToken cancellationToken);

    /// <summary>The account with its roles and permissions, or null.</summary>
    Task<User?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>What sign-in compares, or null when nobody has this username or e-mail address (in any case), or claims it and has no other.</summary>
    Task<Credentials?> FindCredentialsAsync(string login, CancellationToken cancellationToken);

    /// <summary>What is compared when a signed-in user gives the password again, or null when they are gone.</summary>
    Task<Credentials?> FindCredentialsAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Changes what is given, in the unit of work. A taken username, or that the account has gone, shows when that is saved.</summary>
    Task ChangeAsync(Guid id, AccountChange change, CancellationToken cancellationToken);

    /// <summary>
    /// Removes the account, in the unit of work: from then on there is none for anybody, and its name and addresses are
    /// free. What belongs to it, which may be much, leaves afterwards: see <see cref="Maintenance.IAccountErasure"/>.
    /// </summary>
    Task RemoveAsync(Guid id, DateTimeOffset now, CancellationToken cancellationToken);
}

/// <summary>An account that is about to be stored.</summary>
/// <param name="Username">As it shall be shown.</param>
/// <param name="Email">As it shall be used.</param>
/// <param name="PasswordHash">From <see cref="IPasswordHashing"/>.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="EmailConfirmed">Whether somebody vouches for the address.</param>
/// <param name="IsEmailPending">Whether the address is the account's only once it is confirmed; until then others may claim it too.</param>
public sealed record NewAccount(
    string Username,
    string Email,
    string PasswordHash,
    DateTimeOffset CreatedAt,
    bool EmailConfirmed = false,
    bool IsEmailPending = false
);

/// <summary>What changes in an account; null keeps.</summary>
/// <param name="Username">As it shall be shown.</param>
/// <param name="PasswordHash">From <see cref="IPasswordHashing"/>.</param>
/// <param name="PendingEmail">The address that takes the place of the present one when it is confirmed.</param>
/// <param name="ConfirmedEmail">The address, present or pending, that is confirmed. Another one that is pending stays so.</param>
/// <param name="DropsPendingEmail">Nothing is pending then; the mailed link is worthless.</param>
/// <param name="CorrectedEmail">The address that takes the place of one that nobody has confirmed, and is not confirmed either.</param>
/// <param name="StrongerHash">From <see cref="IPasswordHashing"/>, of the password that the account has.</param>
public sealed record AccountChange(
    string? Username = null,
    string? PasswordHash = null,
    string? PendingEmail = null,
    string? ConfirmedEmail = null,
    bool DropsPendingEmail = false,
    string? CorrectedEmail = null,
    string? StrongerHash = null
);

/// <summary>What sign-in needs to know about an account.</summary>
/// <param name="UserId">The account.</param>
/// <param name="Username">For the password policy.</param>
/// <param name="Email">For the password policy.</param>
/// <param name="PasswordHash">For <see cref="IPasswordHashing"/>.</param>
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

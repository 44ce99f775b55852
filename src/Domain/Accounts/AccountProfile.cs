namespace Fitnessify.Domain.Accounts;

/// <summary>A read model of an account with its roles; it holds no secret.</summary>
/// <param name="Id">The account's id, a UUID of version 7.</param>
/// <param name="Kind">Whether the user has registered.</param>
/// <param name="Username">The username as typed at registration; compared case-insensitively.</param>
/// <param name="Email">The address as typed, or null; compared in normalized form.</param>
/// <param name="EmailConfirmed">Whether the user has proven that they can read mail sent to the address.</param>
/// <param name="DisplayName">The name that is shown to people, or null.</param>
/// <param name="Locale">The language of mails, as a language tag (BCP 47).</param>
/// <param name="TimeZone">The IANA name of the user's time zone.</param>
/// <param name="SignInMethods">How the user can sign in; see <see cref="CredentialNames"/>.</param>
/// <param name="CreatedAt">The time of the registration in UTC.</param>
/// <param name="Roles">The names of the roles, sorted.</param>
/// <param name="Permissions">The permissions of all roles, sorted and without duplicates.</param>
public sealed record AccountProfile(
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
    IReadOnlyList<string> Permissions
)
{
    /// <summary>Creates the profile of an account that was just registered.</summary>
    public static AccountProfile Of(Account account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return new AccountProfile(
            account.Id,
            account.Kind,
            account.Username,
            account.Address,
            account.EmailConfirmed,
            account.DisplayName,
            account.Locale,
            account.TimeZone,
            CredentialNames.Of(account.PasswordHash is not null, hasPasskey: false, []),
            account.CreatedAt,
            [Accounts.Roles.Member],
            []
        );
    }
}

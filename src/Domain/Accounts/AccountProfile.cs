namespace Fitnessify.Domain.Accounts;

/// <summary>An account with its roles, to look at; it holds no secret.</summary>
/// <param name="Id">UUID, version 7.</param>
/// <param name="Username">As typed at registration; compared case-blind.</param>
/// <param name="Email">As typed; compared normalized.</param>
/// <param name="EmailConfirmed">Whether the person has shown that they read mail sent there.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="Roles">Role names, sorted.</param>
/// <param name="Permissions">What the roles permit together, sorted, each once.</param>
public sealed record AccountProfile(
    Guid Id,
    string Username,
    string Email,
    bool EmailConfirmed,
    DateTimeOffset CreatedAt,
    IReadOnlyList<string> Roles,
    IReadOnlyList<string> Permissions
)
{
    /// <summary>The profile of an account that was just created.</summary>
    public static AccountProfile Of(Account account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return new AccountProfile(
            account.Id,
            account.Username,
            account.Address,
            account.EmailConfirmed,
            account.CreatedAt,
            [Accounts.Roles.Member],
            []
        );
    }
}

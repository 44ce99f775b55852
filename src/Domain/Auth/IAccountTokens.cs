namespace Fitnessify.Domain.Auth;

/// <summary>
/// Issues and redeems the tokens that are mailed. A token proves that its bearer can read mail sent to an address. Each works
/// once, and only the newest of an account for a purpose is valid.
/// </summary>
public interface IAccountTokens
{
    /// <summary>
    /// Issues a token and stores it at once as the newest one. Tokens that are issued for the same purpose within ten minutes
    /// share one record: each is valid as long as the first, and all are used up with one.
    /// </summary>
    /// <param name="purpose">The purpose of the token.</param>
    /// <param name="userId">The account.</param>
    /// <param name="address">The address that the token is sent to.</param>
    /// <param name="now">The current time in UTC.</param>
    /// <returns>The token, or null if the account does not exist.</returns>
    Task<string?> IssueAsync(
        AccountTokenPurpose purpose,
        Guid userId,
        string address,
        DateTimeOffset now,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Redeems a token in the unit of work. If another request redeems it first, the save fails with
    /// <c>token_invalid_or_expired</c>.
    /// </summary>
    /// <returns>The claim of the token; null if it is used, expired, not the newest, or was not issued here for this purpose.</returns>
    Task<AccountTokenClaim?> RedeemAsync(
        AccountTokenPurpose purpose,
        string token,
        DateTimeOffset now,
        CancellationToken cancellationToken
    );

    /// <summary>Invalidates the password reset tokens of an account in the unit of work, and drops the reset mails that wait.</summary>
    /// <param name="userId">The account.</param>
    /// <param name="address">The address of the account before the change, or null.</param>
    void WithdrawResets(Guid userId, string? address);

    /// <summary>Withdraws all that an intruder may have requested by mail: resets and a change of the address.</summary>
    /// <inheritdoc cref="WithdrawResets" path="/param" />
    void WithdrawRequests(Guid userId, string? address);

    /// <summary>
    /// Withdraws a change of the address, as it is at the save, in the unit of work: the link and the pending address. Nothing that
    /// is read before can miss one that is requested meanwhile. A first address that is not confirmed yet stays.
    /// </summary>
    void WithdrawEmailChange(Guid userId);
}

/// <summary>The purpose of a mailed token. The database stores the name.</summary>
public enum AccountTokenPurpose
{
    /// <summary>The token confirms an address; it is valid for 24 hours.</summary>
    ConfirmEmail,

    /// <summary>The token sets a new password; it is valid for 60 minutes.</summary>
    ResetPassword,
}

/// <summary>The claim of a mailed token.</summary>
/// <param name="UserId">The account.</param>
/// <param name="Address">The address that the bearer can read mail of.</param>
public sealed record AccountTokenClaim(Guid UserId, string Address);

namespace Fitnessify.Domain.Auth;

/// <summary>
/// Tokens that are mailed: they show that their bearer reads what is sent to an address. Each works once, and only the newest
/// of an account for its purpose works at all.
/// </summary>
public interface IAccountTokens
{
    /// <summary>
    /// Makes a token and stores at once what makes it the newest. Within ten minutes of that, further ones for the same purpose
    /// stand for the same: each works as long as the first, and all are used up with one.
    /// </summary>
    /// <param name="purpose">What it is for.</param>
    /// <param name="userId">The account.</param>
    /// <param name="address">Where it is sent.</param>
    /// <param name="now">UTC.</param>
    /// <returns>The token; null when the account is gone.</returns>
    Task<string?> IssueAsync(
        AccountTokenPurpose purpose,
        Guid userId,
        string address,
        DateTimeOffset now,
        CancellationToken cancellationToken
    );

    /// <summary>Uses a token up, in the unit of work. That somebody was quicker shows as <c>token_invalid_or_expired</c> when that is saved.</summary>
    /// <returns>What it shows; null when it is used, expired, not the newest, or was not issued here for this purpose.</returns>
    Task<AccountTokenClaim?> RedeemAsync(
        AccountTokenPurpose purpose,
        string token,
        DateTimeOffset now,
        CancellationToken cancellationToken
    );

    /// <summary>Makes what resets the password worthless, in the unit of work, also what is still to be mailed: it has become pointless.</summary>
    /// <param name="userId">The account.</param>
    /// <param name="address">That of the account before the change.</param>
    void WithdrawResets(Guid userId, string address);
}

/// <summary>What a mailed token is for. The database stores the name.</summary>
public enum AccountTokenPurpose
{
    /// <summary>To confirm an address; 24 hours.</summary>
    ConfirmEmail,

    /// <summary>To set a new password; 60 minutes.</summary>
    ResetPassword,
}

/// <summary>What a mailed token shows.</summary>
/// <param name="UserId">The account.</param>
/// <param name="Address">Its bearer reads what is sent there.</param>
public sealed record AccountTokenClaim(Guid UserId, string Address);

namespace Fitnessify.Domain.Auth;

/// <summary>
/// Issues and reads the tokens that join the two steps of one operation, such as password and MFA code of a sign-in. Each works
/// once, for its purpose and for some minutes.
/// </summary>
public interface IChallengeTokens
{
    /// <summary>Issues a challenge token in the unit of work; it is valid once that is saved.</summary>
    /// <param name="purpose">The second step.</param>
    /// <param name="userId">The account, if it is known already.</param>
    /// <param name="content">The data of the first step that the second step needs.</param>
    /// <param name="now">The current time in UTC.</param>
    IssuedChallengeToken Issue(ChallengePurpose purpose, Guid? userId, string? content, DateTimeOffset now);

    /// <summary>
    /// Reads a challenge token; null if it is expired or was not issued here for this purpose. It does not check whether the
    /// token was used; see <see cref="Use"/>.
    /// </summary>
    ChallengeToken? Read(ChallengePurpose purpose, string challengeToken, DateTimeOffset now);

    /// <summary>Returns whether an issued token was neither used nor withdrawn.</summary>
    /// <param name="id">The id from <see cref="ChallengeToken.Id"/>.</param>
    Task<bool> IsUnusedAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>
    /// Uses up the challenge token in the unit of work. If it was already used or withdrawn, the save fails with
    /// <c>mfa_code_invalid</c>, <c>passkey_invalid</c>, <c>reauthentication_failed</c> or <c>token_invalid_or_expired</c>,
    /// depending on its purpose.
    /// </summary>
    void Use(ChallengeToken challengeToken);

    /// <summary>Withdraws all challenge tokens of a user in the unit of work, after their credentials have changed.</summary>
    void Withdraw(Guid userId);
}

/// <summary>The second step that a challenge token is for. The database stores the name.</summary>
public enum ChallengePurpose
{
    /// <summary>The second step is the MFA code of a sign-in.</summary>
    SignInCode,

    /// <summary>The second step is the registration of a passkey.</summary>
    NewPasskey,

    /// <summary>The second step is the sign-in with a passkey.</summary>
    PasskeyLogin,

    /// <summary>The second step is the reauthentication with a passkey.</summary>
    PasskeyReauthentication,

    /// <summary>The second step links an identity, after a sign-in.</summary>
    LinkIdentity,
}

/// <summary>A challenge token that was just issued.</summary>
/// <param name="Id">The id; see <see cref="ChallengeToken.Id"/>.</param>
/// <param name="Text">The token for the client.</param>
public readonly record struct IssuedChallengeToken(Guid Id, string Text);

/// <summary>The content of a challenge token.</summary>
/// <param name="Id">The random id of the token.</param>
/// <param name="Purpose">The second step.</param>
/// <param name="UserId">The account, if it was known.</param>
/// <param name="Content">The data of the first step that the second step needs.</param>
public sealed record ChallengeToken(Guid Id, ChallengePurpose Purpose, Guid? UserId, string? Content)
{
    /// <summary>A token is valid for this long after it was issued.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>The lifetime of a token that links an identity: between the two steps the user signs in.</summary>
    public static readonly TimeSpan LinkLifetime = TimeSpan.FromMinutes(10);

    /// <summary>Returns the lifetime of the tokens of a purpose.</summary>
    public static TimeSpan LifetimeOf(ChallengePurpose purpose) =>
        purpose == ChallengePurpose.LinkIdentity ? LinkLifetime : Lifetime;
}

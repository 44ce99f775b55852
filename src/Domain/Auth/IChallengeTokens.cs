namespace Fitnessify.Domain.Auth;

/// <summary>
/// What a client holds for the minutes between two steps of one act, such as password and code of one sign-in. Each works
/// once, for its purpose.
/// </summary>
public interface IChallengeTokens
{
    /// <summary>Makes a challenge token, in the unit of work: it works once that is saved.</summary>
    /// <param name="purpose">What the second step is.</param>
    /// <param name="userId">Whose, where that is known already.</param>
    /// <param name="content">What the second step needs to know of the first.</param>
    /// <param name="now">UTC.</param>
    IssuedChallengeToken Issue(ChallengePurpose purpose, Guid? userId, string? content, DateTimeOffset now);

    /// <summary>What the challenge token says; null when it is expired, or was not issued here for this purpose. Whether it is used shows in <see cref="Use"/>.</summary>
    ChallengeToken? Read(ChallengePurpose purpose, string challengeToken, DateTimeOffset now);

    /// <summary>Whether one that was issued is neither used nor withdrawn.</summary>
    /// <param name="id">From <see cref="ChallengeToken.Id"/>.</param>
    Task<bool> IsUnusedAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Uses the challenge token up, in the unit of work. That it was used or withdrawn already shows when that is saved: as <c>mfa_code_invalid</c> or <c>passkey_invalid</c>, by its purpose.</summary>
    void Use(ChallengeToken challengeToken);

    /// <summary>Withdraws all challenge tokens of a user, in the unit of work: what they rest on has changed.</summary>
    void Withdraw(Guid userId);
}

/// <summary>What the second step is. The database stores the name.</summary>
public enum ChallengePurpose
{
    /// <summary>The code after the right password.</summary>
    SignInCode,

    /// <summary>What the authenticator has made, after what it was asked for.</summary>
    NewPasskey,

    /// <summary>The same at a sign-in.</summary>
    PasskeyLogin,
}

/// <summary>A challenge token as it is handed out.</summary>
/// <param name="Id">See <see cref="ChallengeToken.Id"/>.</param>
/// <param name="Text">For the client.</param>
public readonly record struct IssuedChallengeToken(Guid Id, string Text);

/// <summary>What a challenge token says.</summary>
/// <param name="Id">Random.</param>
/// <param name="Purpose">What the second step is.</param>
/// <param name="UserId">Whose, where that was known.</param>
/// <param name="Content">What the second step needs to know of the first.</param>
public sealed record ChallengeToken(Guid Id, ChallengePurpose Purpose, Guid? UserId, string? Content)
{
    /// <summary>From its issue on.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);
}

using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Auth;

/// <summary>
/// Makes the next save of the unit of work depend on the verified credentials. Hashing takes long, so they are compared again
/// in the transaction, which locks the account against other changes (ASVS 5.0, 7.4.1 and 7.4.3).
/// </summary>
public interface ICredentialGuard
{
    /// <summary>
    /// Makes the save fail if the account was deleted, or if its password, MFA, address or status has changed since the
    /// credentials were read.
    /// </summary>
    /// <param name="verified">The credentials as they were read.</param>
    /// <param name="otherwise">The error of the save in that case.</param>
    void Require(Credentials verified, Error otherwise);

    /// <summary>Does the same for an account that was loaded for a change. Call it before the account is changed.</summary>
    /// <param name="account">The account as it was loaded.</param>
    /// <param name="otherwise">The error of the save if the account has changed since.</param>
    void Require(Account account, Error otherwise);

    /// <summary>Makes the save fail with <c>session_revoked</c> if the session is not live. Call it before other requirements.</summary>
    void RequireLive(Guid ownerId, Guid sessionId);

    /// <summary>
    /// Makes the save fail with <c>reauthentication_required</c> if the reauthentication of the session does not hold any more.
    /// </summary>
    void RequireReauthenticated(Guid ownerId, Guid sessionId);

    /// <summary>
    /// Makes the save fail with <c>last_credential</c> if it would leave the account without a password, a passkey or an identity.
    /// </summary>
    void RequireCredential(Guid userId);

    /// <summary>
    /// Makes the save fail if more of the account has been proved than its password: a confirmed address, a second factor,
    /// a passkey or an identity. Call it after another requirement, which locks the account.
    /// </summary>
    /// <param name="userId">The account.</param>
    /// <param name="otherwise">The error of the save in that case.</param>
    void RequirePasswordOnly(Guid userId, Error otherwise);
}

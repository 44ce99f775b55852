using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Auth;

/// <summary>
/// Ties the next save of the unit of work to what it rests on. Hashing takes long: what was verified before it is compared
/// again in the transaction, which keeps everybody else who changes the account waiting (ASVS 5.0, 7.4.1 and 7.4.3).
/// </summary>
public interface ICredentialGuard
{
    /// <summary>
    /// Nothing is saved when the account is gone, or when its password, second factor, address or status was changed since
    /// these credentials were read.
    /// </summary>
    /// <param name="verified">As they were read.</param>
    /// <param name="otherwise">What the save answers then.</param>
    void Require(Credentials verified, Error otherwise);

    /// <summary>The same for an account that was loaded to be changed. It is to be required before the account is changed.</summary>
    /// <param name="account">As it was loaded.</param>
    /// <param name="otherwise">The answer of the save if it has changed since.</param>
    void Require(Account account, Error otherwise);

    /// <summary>Nothing is saved, and the answer is <c>session_revoked</c>, when the session has ended. To be required first.</summary>
    void RequireLive(Guid ownerId, Guid sessionId);
}

using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Identities;

/// <summary>Stores the identities that sign in to accounts.</summary>
public interface IIdentityRepository
{
    /// <summary>
    /// Adds an identity to the unit of work, and withdraws a revocation of its consent that is still to be made, which would end
    /// the new consent too. If it is linked already, to any account, the save fails with <c>identity_taken</c>.
    /// </summary>
    void Add(LinkedIdentity identity);

    /// <summary>Loads an identity for a change in the unit of work; null if it is not linked, or its account is deleted.</summary>
    Task<LinkedIdentity?> FindAsync(string issuer, string subject, CancellationToken cancellationToken);

    /// <summary>Lists the identities of an account, oldest first.</summary>
    Task<IReadOnlyList<LinkedIdentity>> ListAsync(Guid ownerId, CancellationToken cancellationToken);

    /// <summary>Returns whether the nonce of a token was used before.</summary>
    Task<bool> IsNonceUsedAsync(IdentityClaims claims, CancellationToken cancellationToken);

    /// <summary>
    /// Remembers the nonce of a token in the unit of work until the token expires. If it was used before, the save fails with
    /// <c>identity_token_invalid</c>.
    /// </summary>
    void UseNonce(IdentityClaims claims);

    /// <summary>Makes the save fail if the identity is not linked to the account any more.</summary>
    /// <param name="ownerId">The id of the account.</param>
    /// <param name="id">The id of the identity.</param>
    /// <param name="otherwise">The error of the save in that case.</param>
    void RequireLinked(Guid ownerId, Guid id, Error otherwise);

    /// <summary>
    /// Removes identities in the unit of work, as they are in the transaction of the save, and puts the revocation of their
    /// grants into the outbox.
    /// </summary>
    /// <param name="ownerId">The id of the account.</param>
    /// <param name="id">The id of one identity; null for all.</param>
    /// <param name="isRevoked">Whether the provider has ended the grant itself, so that there is nothing to revoke.</param>
    void Remove(Guid ownerId, Guid? id, bool isRevoked = false);
}

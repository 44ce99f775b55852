using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Auth;

/// <summary>
/// Hashes passwords. Hashing is slow on purpose (ASVS 5.0, 11.4.2) and has a bounded queue: both methods fail with
/// <c>service_unavailable</c> if it is full. Call them before the database work of a command begins.
/// </summary>
public interface IPasswordHashing
{
    /// <summary>
    /// Reserves a place in the queue for a command that has to store something before it hashes. Dispose it to release the
    /// place. Null means that the queue is full and nothing may be stored.
    /// </summary>
    IDisposable? Enter();

    /// <summary>Returns the hash to store for a password, which is normalized (NFKC) and never truncated.</summary>
    Task<Result<string>> HashAsync(string password, CancellationToken cancellationToken);

    /// <summary>
    /// Verifies a password against a hash. Without a hash it does the same work and answers
    /// <see cref="PasswordVerification.Failed"/>.
    /// </summary>
    Task<Result<PasswordVerification>> VerifyAsync(string? hash, string password, CancellationToken cancellationToken);
}

/// <summary>The result of a password verification.</summary>
public enum PasswordVerification
{
    /// <summary>The password is wrong.</summary>
    Failed,

    /// <summary>The password is right.</summary>
    Success,

    /// <summary>The password is right, but its hash is weaker than today's; it should be replaced now.</summary>
    SuccessRehashNeeded,
}

using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Auth;

/// <summary>
/// Slow by purpose (ASVS 5.0, 11.4.2), therefore behind a bounded queue of its own: both methods fail with
/// <c>service_unavailable</c> when it is full. Call them before the database work of a command begins.
/// </summary>
public interface IPasswordHashing
{
    /// <summary>
    /// A place for a command that has to store something before it hashes: there are as many as the queue and the threads
    /// have. Dispose to give it back; null when there is none, and nothing is to be stored.
    /// </summary>
    IDisposable? Enter();

    /// <summary>The hash to store for a password (NFKC-normalised, never truncated).</summary>
    Task<Result<string>> HashAsync(string password, CancellationToken cancellationToken);

    /// <summary>Whether the password belongs to the hash. Without a hash the same work is done for nothing and the answer is <see cref="PasswordVerification.Failed"/>.</summary>
    Task<Result<PasswordVerification>> VerifyAsync(string? hash, string password, CancellationToken cancellationToken);
}

/// <summary>Whether a password is the right one.</summary>
public enum PasswordVerification
{
    /// <summary>It is not.</summary>
    Failed,

    /// <summary>It is.</summary>
    Success,

    /// <summary>It is, but its hash is weaker than those of today: replace it, now that the password is at hand.</summary>
    SuccessRehashNeeded,
}

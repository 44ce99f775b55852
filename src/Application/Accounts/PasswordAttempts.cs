using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;

namespace Fitnessify.Application.Accounts;

/// <summary>Compares passwords, and counts the wrong ones, wherever one is given.</summary>
internal sealed class PasswordAttempts(AuditedThrottle attempts, ISignInThrottle throttle, IPasswordHashing hashing)
{
    /// <summary>Takes one attempt, and compares. The right password is forgiven those before it.</summary>
    /// <param name="attempt">What is counted.</param>
    /// <param name="subjectId">Whose account it is, if anybody's.</param>
    /// <param name="findHashAsync">
    /// Reads the hash, after the attempt is taken: to take it may have meant to wait for others. With null as much is done as with
    /// a hash (ASVS 5.0, 6.3.8).
    /// </param>
    /// <param name="password">As given.</param>
    /// <returns>The verification; <c>too_many_attempts</c>, or <c>service_unavailable</c>, and then it was not compared.</returns>
    public async Task<Result<PasswordVerification>> VerifyAsync(
        Attempt attempt,
        Guid? subjectId,
        Func<Task<string?>> findHashAsync,
        string password,
        CancellationToken cancellationToken
    )
    {
        var taken = await attempts.TakeAsync(attempt, subjectId, cancellationToken);
        if (!taken.IsSuccess)
        {
            return taken.Error;
        }

        var verification = await hashing.VerifyAsync(await findHashAsync(), password, cancellationToken);
        if (!verification.IsSuccess)
        {
            await throttle.ReturnAttemptAsync(attempt, cancellationToken);
        }
        else if (verification.Value != PasswordVerification.Failed)
        {
            await throttle.ForgiveAsync(attempt, cancellationToken);
        }

        return verification;
    }
}

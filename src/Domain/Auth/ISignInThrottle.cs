using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Auth;

/// <summary>
/// Counts wrong passwords by login (whether it exists or not), with and without the network, and by IP address, for all
/// instances and across restarts (ASVS 5.0, 6.3.1). It also counts wrong MFA codes and wrong passwords at reauthentications,
/// under identifiers of their own.
/// </summary>
public interface ISignInThrottle
{
    /// <summary>
    /// Takes one attempt before the password is compared, so that parallel guesses cannot exceed the limit. An attempt that is
    /// neither returned nor forgiven counts as a failure.
    /// </summary>
    /// <returns><c>too_many_attempts</c> if no attempt is left; the password must not be compared then.</returns>
    Task<Result> TakeAttemptAsync(Attempt attempt, CancellationToken cancellationToken);

    /// <summary>Returns whether an attempt that was just refused is the first refused one of its period.</summary>
    Task<bool> IsFirstRefusalAsync(Attempt attempt, CancellationToken cancellationToken);

    /// <summary>Takes an attempt back out of the count because its password was not compared.</summary>
    Task ReturnAttemptAsync(Attempt attempt, CancellationToken cancellationToken);

    /// <summary>
    /// Resets the count of the identifier and network after the right password, and gives the other counts their attempt back.
    /// </summary>
    Task ForgiveAsync(Attempt attempt, CancellationToken cancellationToken);

    /// <summary>Resets the counts of these identifiers in all networks, in the unit of work; the counts of IP addresses stay.</summary>
    Task ForgetAsync(IReadOnlyCollection<string> identifiers, CancellationToken cancellationToken);
}

using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Auth;

/// <summary>
/// Counts wrong passwords by what was typed as the login (whether it exists or not), with and without the network, and by
/// address, for all instances and across restarts (ASVS 5.0, 6.3.1). Wrong codes of a second factor too, and wrong passwords
/// of who is signed in, under identifiers of their own.
/// </summary>
public interface ISignInThrottle
{
    /// <summary>
    /// Takes one attempt, before the password is looked at, so that parallel guesses cannot overrun the limit. An attempt
    /// that is neither returned nor forgiven was a failure.
    /// </summary>
    /// <returns><c>too_many_attempts</c> when none is left; the password must not be looked at then.</returns>
    Task<Result> TakeAttemptAsync(Attempt attempt, CancellationToken cancellationToken);

    /// <summary>Whether an attempt that was just refused is the first one of its term that was.</summary>
    Task<bool> IsFirstRefusalAsync(Attempt attempt, CancellationToken cancellationToken);

    /// <summary>Gives the attempt back: the password was not looked at after all.</summary>
    Task ReturnAttemptAsync(Attempt attempt, CancellationToken cancellationToken);

    /// <summary>After the right password: forgets the failures of the identifier and network, and gives the other counts their attempt back.</summary>
    Task ForgiveAsync(Attempt attempt, CancellationToken cancellationToken);

    /// <summary>Forgets the failures of these identifiers in all networks, in the unit of work; those of addresses stay.</summary>
    Task ForgetAsync(IReadOnlyCollection<string> identifiers, CancellationToken cancellationToken);
}

using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Users;

/// <summary>
/// Counts wrong passwords by what was typed as the login (whether it exists or not) and by address, for all instances and
/// across restarts (ASVS 5.0, 6.3.1). Wrong codes of a second factor too, under <see cref="Credentials.MfaIdentifier"/>.
/// </summary>
public interface ISignInThrottle
{
    /// <summary>
    /// Takes one attempt, before the password is looked at, so that parallel guesses cannot overrun the limit. An attempt
    /// that is neither returned nor forgiven was a failure.
    /// </summary>
    /// <returns><c>too_many_attempts</c> when none is left; the password must not be looked at then.</returns>
    Task<Result> TakeAttemptAsync(string identifier, CancellationToken cancellationToken);

    /// <summary>Whether an attempt that was just refused is the first one of its term that was.</summary>
    Task<bool> IsFirstRefusalAsync(string identifier, CancellationToken cancellationToken);

    /// <summary>Gives the attempt back: the password was not looked at after all.</summary>
    Task ReturnAttemptAsync(string identifier, CancellationToken cancellationToken);

    /// <summary>After the right password: forgets the failures of the identifier, and gives the address its attempt back.</summary>
    Task ForgiveAsync(string identifier, CancellationToken cancellationToken);

    /// <summary>Forgets the failures of these identifiers, in the unit of work; those of addresses stay.</summary>
    Task ForgetAsync(IReadOnlyCollection<string> identifiers, CancellationToken cancellationToken);
}

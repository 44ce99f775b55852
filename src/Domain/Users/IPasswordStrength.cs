using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Users;

/// <summary>Estimates how hard a password is to guess.</summary>
public interface IPasswordStrength
{
    /// <summary>0 (first guesses) to 4 (beyond offline attack), behind the same queue as <see cref="IPasswordHashing"/>.</summary>
    /// <param name="password">The whole password; as much of it as matters is scored.</param>
    /// <param name="context">Words that an attacker would try first, such as the username.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<Result<int>> ScoreAsync(string password, IReadOnlyList<string> context, CancellationToken cancellationToken);
}

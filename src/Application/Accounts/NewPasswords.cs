using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;

namespace Fitnessify.Application.Accounts;

/// <summary>Makes what is stored of a first or forgotten password.</summary>
internal sealed class NewPasswords(PasswordPolicy policy, IPasswordHashing hashing)
{
    /// <summary>Checks a password by the policy, and hashes it.</summary>
    /// <param name="password">The password.</param>
    /// <param name="username">Whose it is to be.</param>
    /// <param name="email">The same.</param>
    /// <returns>The hash; <c>password_rejected</c> with all reasons, or <c>service_unavailable</c>.</returns>
    public async Task<Result<string>> HashAsync(
        string password,
        string username,
        string email,
        CancellationToken cancellationToken
    )
    {
        var accepted = await policy.CheckAsync(password, username, email, oldPassword: null, cancellationToken);
        return accepted.IsSuccess ? await hashing.HashAsync(password, cancellationToken) : accepted.Error;
    }
}

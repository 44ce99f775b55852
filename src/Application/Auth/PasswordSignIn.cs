using Fitnessify.Application.Accounts;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Auth;

/// <summary>The first step of a sign-in: whether login and password belong together, and may sign in.</summary>
internal sealed class PasswordSignIn(
    PasswordAttempts attempts,
    IAccountRepository accounts,
    IKnownDevices knownDevices,
    IPasswordHashing hashing,
    SignInPolicy gate
)
{
    /// <summary>
    /// The account, or why not. For a login that nobody has, the same is done, stored and answered as for a wrong
    /// password, so that neither the answer nor its time tells them apart (ASVS 5.0, 6.3.8).
    /// </summary>
    public async Task<Result<Credentials>> VerifyAsync(LoginUserCommand command, CancellationToken cancellationToken)
    {
        // Attempts are stored: in a storm, those that cannot be hashed anyway would keep everybody else from writing.
        using var place = hashing.Enter();
        if (place is null)
        {
            return CommonErrors.ServiceUnavailable;
        }

        var subjectId = (await accounts.FindCredentialsAsync(command.Login, cancellationToken))?.UserId;
        var knownDevice = await knownDevices.FindAsync(subjectId, command.DeviceToken, cancellationToken);
        var attempt = Attempt.SignIn(command.Login, knownDevice);
        Credentials? credentials = null;
        var verification = await attempts.VerifyAsync(
            attempt,
            subjectId,
            FindHashAsync,
            command.Password,
            cancellationToken
        );
        if (!verification.IsSuccess)
        {
            return verification.Error;
        }

        var device = command.Device;
        if (credentials is null || verification.Value == PasswordVerification.Failed)
        {
            return await gate.RefuseAsync(
                credentials?.UserId,
                AuthErrors.InvalidCredentials,
                device,
                cancellationToken
            );
        }

        // Only who knows the password learns more about the account.
        if (gate.WhyNot(credentials) is { } refusal)
        {
            return await gate.RefuseAsync(credentials.UserId, refusal, device, cancellationToken);
        }

        if (verification.Value == PasswordVerification.SuccessRehashNeeded)
        {
            await RehashAsync(credentials.UserId, command.Password, cancellationToken);
        }

        return credentials;

        async Task<string?> FindHashAsync() =>
            (credentials = await accounts.FindCredentialsAsync(command.Login, cancellationToken))?.PasswordHash;
    }

    // Stored with the sign-in, and like it only if the password is still this one. When the queue is full, the next sign-in will do.
    private async Task RehashAsync(Guid userId, string password, CancellationToken cancellationToken)
    {
        var hash = await hashing.HashAsync(password, cancellationToken);
        if (hash.IsSuccess && await accounts.FindAsync(userId, cancellationToken) is { } account)
        {
            account.Rehash(hash.Value);
        }
    }
}

using Fitnessify.Application.Audit;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mfa;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Accounts;

/// <summary>
/// Asks the signed-in user again who they are (ASVS 5.0, 7.5.1). What they do then is saved only if what they have shown, and
/// the session, still hold.
/// </summary>
internal sealed class Reauthentication(
    ICurrentUser currentUser,
    PasswordAttempts passwordAttempts,
    IAccountRepository accounts,
    ICredentialGuard guard,
    MfaCodeAttempts codeAttempts,
    IMfaRepository factors,
    AuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
)
{
    /// <summary>Takes the password, and with a second factor a code, and does what they were given for.</summary>
    /// <param name="request">What was given.</param>
    /// <param name="actAsync">Acts on the account, and saves.</param>
    /// <returns>What came of it; <c>reauthentication_failed</c>, <c>mfa_code_invalid</c> or <c>too_many_attempts</c>, and then it was not done.</returns>
    public Task<TOutcome> ConfirmAsync<TOutcome>(
        IReauthenticated request,
        Func<Credentials, Task<TOutcome>> actAsync,
        CancellationToken cancellationToken
    )
        where TOutcome : IOutcome<TOutcome>
    {
        return ConfirmPasswordAsync(
            request.Password,
            account =>
                !account.MfaEnabled ? actAsync(account)
                : request.Code is null && request.RecoveryCode is null
                    ? Task.FromResult(TOutcome.Failed(MfaErrors.MfaCodeInvalid))
                : WithCodeAsync(account),
            cancellationToken
        );

        Task<TOutcome> WithCodeAsync(Credentials account)
        {
            var (now, code) = (clock.Now(), new MfaCode(request.Code, request.RecoveryCode));
            return codeAttempts.MakeAsync(
                account.UserId,
                () => factors.TryUseAsync(account.UserId, code, now, cancellationToken),
                () => actAsync(account),
                () => audit.RecordRefused(AuditEventType.ReauthenticationFailed, account.UserId),
                cancellationToken
            );
        }
    }

    /// <summary>The same for what takes the password alone, even with a second factor: it lets nobody around that.</summary>
    public async Task<TOutcome> ConfirmPasswordAsync<TOutcome>(
        string password,
        Func<Credentials, Task<TOutcome>> actAsync,
        CancellationToken cancellationToken
    )
        where TOutcome : IOutcome<TOutcome>
    {
        var verified = await VerifyAsync(password, cancellationToken);
        if (!verified.IsSuccess)
        {
            return TOutcome.Failed(verified.Error);
        }

        guard.RequireLive(currentUser.Id, currentUser.SessionId);
        guard.Require(verified.Value, AuthErrors.ReauthenticationFailed);
        return await actAsync(verified.Value);
    }

    // Wrong passwords are counted like those at sign-in.
    private async Task<Result<Credentials>> VerifyAsync(string password, CancellationToken cancellationToken)
    {
        Credentials? credentials = null;
        var verification = await passwordAttempts.VerifyAsync(
            Attempt.Of(Credentials.ReauthenticationIdentifierOf(currentUser.Id)),
            currentUser.Id,
            FindHashAsync,
            password,
            cancellationToken
        );
        if (!verification.IsSuccess)
        {
            return verification.Error;
        }

        if (credentials is null)
        {
            return SessionErrors.SessionRevoked;
        }

        if (verification.Value != PasswordVerification.Failed)
        {
            return credentials;
        }

        audit.RecordRefused(AuditEventType.ReauthenticationFailed, currentUser.Id);
        var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
        return saved.IsSuccess ? AuthErrors.ReauthenticationFailed : saved.Error;

        async Task<string?> FindHashAsync() =>
            (credentials = await accounts.FindCredentialsAsync(currentUser.Id, cancellationToken))?.PasswordHash;
    }
}

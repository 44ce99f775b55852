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
/// the session, still hold. A guest has nothing to show, and is not asked.
/// </summary>
internal sealed class Reauthentication(
    ICurrentUser currentUser,
    PasswordAttempts passwordAttempts,
    AuditedThrottle attempts,
    ISignInThrottle throttle,
    IAccountRepository accounts,
    ISessionRepository sessions,
    ICredentialGuard guard,
    MfaCodeAttempts codeAttempts,
    IMfaRepository factors,
    AuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
)
{
    // A wrong passkey or identity counts like a wrong password.
    private Attempt Attempt => Attempt.Of(Credentials.ReauthenticationIdentifierOf(currentUser.Id));

    /// <summary>
    /// Takes the password, and with a second factor a code, and does what they were given for. Without a password the session must
    /// have been reauthenticated in the last minutes.
    /// </summary>
    /// <param name="request">What was given.</param>
    /// <param name="actAsync">Acts on the account, and saves.</param>
    /// <returns>
    /// What came of it; <c>reauthentication_required</c>, <c>reauthentication_failed</c>, <c>mfa_code_invalid</c> or
    /// <c>too_many_attempts</c>, and then it was not done.
    /// </returns>
    public Task<TOutcome> ConfirmAsync<TOutcome>(
        IReauthenticated request,
        Func<Credentials, Task<TOutcome>> actAsync,
        CancellationToken cancellationToken
    )
        where TOutcome : IOutcome<TOutcome> =>
        ConfirmPasswordAsync(
            request.Password,
            account =>
                request.Password is null
                    ? actAsync(account)
                    : WithCodeAsync(
                        account,
                        new MfaCode(request.Code, request.RecoveryCode),
                        actAsync,
                        cancellationToken
                    ),
            cancellationToken
        );

    /// <summary>The same for what takes the password alone, even with a second factor: it lets nobody around that.</summary>
    public async Task<TOutcome> ConfirmPasswordAsync<TOutcome>(
        string? password,
        Func<Credentials, Task<TOutcome>> actAsync,
        CancellationToken cancellationToken
    )
        where TOutcome : IOutcome<TOutcome>
    {
        var verified = password is null
            ? await FindReauthenticatedAsync(cancellationToken)
            : await VerifyAsync(password, cancellationToken);
        if (!verified.IsSuccess)
        {
            return TOutcome.Failed(verified.Error);
        }

        guard.RequireLive(currentUser.Id, currentUser.SessionId);
        if (password is null && !verified.Value.IsGuest)
        {
            guard.RequireReauthenticated(currentUser.Id, currentUser.SessionId);
        }
        else
        {
            // A guest who has registered meanwhile is asked, too.
            guard.Require(
                verified.Value,
                password is null ? AuthErrors.ReauthenticationRequired : AuthErrors.ReauthenticationFailed
            );
        }

        return await actAsync(verified.Value);
    }

    /// <summary>Takes a passkey or an identity, and with a second factor a code, and does what they were given for.</summary>
    /// <param name="verifyAsync">
    /// Verifies what was given; whatever it answers but <c>service_unavailable</c> and <c>validation_failed</c> counts as wrong and
    /// is answered with <c>reauthentication_failed</c>.
    /// </param>
    /// <param name="code">The code, where one was given.</param>
    /// <param name="actAsync">
    /// Acts on the account, uses up what was given, and saves; <c>reauthentication_failed</c> if that was used before, which counts
    /// as wrong too.
    /// </param>
    public async Task<TOutcome> ConfirmByAsync<TOutcome>(
        Func<Task<Result>> verifyAsync,
        MfaCode code,
        Func<Credentials, Task<TOutcome>> actAsync,
        CancellationToken cancellationToken
    )
        where TOutcome : IOutcome<TOutcome>
    {
        var taken = await attempts.TakeAsync(Attempt, currentUser.Id, cancellationToken);
        if (!taken.IsSuccess)
        {
            return TOutcome.Failed(taken.Error);
        }

        if (await accounts.FindCredentialsAsync(currentUser.Id, cancellationToken) is not { } account)
        {
            return TOutcome.Failed(SessionErrors.SessionRevoked);
        }

        var verified = await verifyAsync();
        if (verified.Error is { Kind: ErrorKind.Unavailable or ErrorKind.Invalid })
        {
            await throttle.ReturnAttemptAsync(Attempt, cancellationToken);
            return TOutcome.Failed(verified.Error);
        }

        if (!verified.IsSuccess)
        {
            return TOutcome.Failed(await RefuseAsync(cancellationToken));
        }

        guard.RequireLive(currentUser.Id, currentUser.SessionId);
        guard.Require(account, AuthErrors.ReauthenticationFailed);
        var outcome = await WithCodeAsync(account, code, actAsync, cancellationToken);
        // Only the save shows whether a token or a challenge was used before: nothing is forgiven until then.
        if (outcome.Error == AuthErrors.ReauthenticationFailed)
        {
            return TOutcome.Failed(await RefuseAsync(cancellationToken));
        }

        await (
            outcome.Error is null
                ? throttle.ForgiveAsync(Attempt, cancellationToken)
                : throttle.ReturnAttemptAsync(Attempt, cancellationToken)
        );
        return outcome;
    }

    private Task<TOutcome> WithCodeAsync<TOutcome>(
        Credentials account,
        MfaCode code,
        Func<Credentials, Task<TOutcome>> actAsync,
        CancellationToken cancellationToken
    )
        where TOutcome : IOutcome<TOutcome>
    {
        var now = clock.Now();
        return !account.MfaEnabled ? actAsync(account)
            : code.Code is null && code.RecoveryCode is null
                ? Task.FromResult(TOutcome.Failed(MfaErrors.MfaCodeInvalid))
            : codeAttempts.MakeAsync(
                account.UserId,
                () => factors.TryUseAsync(account.UserId, code, now, cancellationToken),
                () => actAsync(account),
                () => audit.RecordRefused(AuditEventType.ReauthenticationFailed, account.UserId),
                cancellationToken
            );
    }

    private async Task<Result<Credentials>> FindReauthenticatedAsync(CancellationToken cancellationToken)
    {
        var account = await accounts.FindCredentialsAsync(currentUser.Id, cancellationToken);
        var session = await sessions.FindAsync(currentUser.SessionId, cancellationToken);
        return account is null || session is null ? SessionErrors.SessionRevoked
            : account.IsGuest || session.IsReauthenticated(account.SecurityStamp, clock.Now()) ? account
            : AuthErrors.ReauthenticationRequired;
    }

    // Wrong passwords are counted like those at sign-in.
    private async Task<Result<Credentials>> VerifyAsync(string password, CancellationToken cancellationToken)
    {
        Credentials? credentials = null;
        var verification = await passwordAttempts.VerifyAsync(
            Attempt,
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

        return verification.Value != PasswordVerification.Failed ? credentials : await RefuseAsync(cancellationToken);

        async Task<string?> FindHashAsync() =>
            (credentials = await accounts.FindCredentialsAsync(currentUser.Id, cancellationToken))?.PasswordHash;
    }

    private async Task<Error> RefuseAsync(CancellationToken cancellationToken)
    {
        audit.RecordRefused(AuditEventType.ReauthenticationFailed, currentUser.Id);
        var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
        return saved.IsSuccess ? AuthErrors.ReauthenticationFailed : saved.Error;
    }
}

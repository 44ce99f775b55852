using Fitnessify.Application.Accounts;
using Fitnessify.Application.Audit;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;

namespace Fitnessify.Application.Auth;

/// <summary>
/// A way back for who mistyped the address where nobody signs in before it is confirmed: registering the same name with the
/// same password again puts the address right.
/// </summary>
internal sealed class AddressCorrection(
    SignInPolicy gate,
    PasswordAttempts attempts,
    IAccountRepository accounts,
    ICredentialGuard guard,
    IMailOutbox outbox,
    AuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
)
{
    /// <summary>The account with its new address; <c>username_taken</c> when it is somebody else's, <c>email_taken</c>.</summary>
    public async Task<Result<AccountProfile>> CorrectAsync(
        RegisterUserCommand request,
        CancellationToken cancellationToken
    )
    {
        if (
            await accounts.FindCredentialsAsync(request.Username, cancellationToken)
                is not { EmailConfirmed: false } account
            || gate.WhyNot(account) != AccountErrors.EmailNotConfirmed
        )
        {
            return AccountErrors.UsernameTaken;
        }

        // Counted like a sign-in: it tells whether the password is right.
        var verification = await attempts.VerifyAsync(
            Attempt.SignIn(request.Username),
            account.UserId,
            () => Task.FromResult<string?>(account.PasswordHash),
            request.Password,
            cancellationToken
        );
        return verification.Error == CommonErrors.ServiceUnavailable ? verification.Error
            : verification.IsSuccess && verification.Value != PasswordVerification.Failed
                ? await SaveAsync(account, request.Email, cancellationToken)
            : AccountErrors.UsernameTaken;
    }

    private async Task<Result<AccountProfile>> SaveAsync(
        Credentials verified,
        string email,
        CancellationToken cancellationToken
    )
    {
        guard.Require(verified, AccountErrors.UsernameTaken);
        // The new address can reset the password, and at an address that was never confirmed a reset removes all else there is.
        guard.RequirePasswordOnly(verified.UserId, AccountErrors.UsernameTaken);
        var now = clock.Now();
        if (await accounts.FindAsync(verified.UserId, cancellationToken) is not { } account)
        {
            return AccountErrors.UsernameTaken;
        }

        account.CorrectEmail(email);
        outbox.Add(AccountMails.ConfirmEmail(account.Id, now));
        audit.Record(AuditEventType.EmailChangeRequested, account.Id);
        var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
        return !saved.IsSuccess ? saved.Error
            : await accounts.FindProfileAsync(account.Id, cancellationToken) is { } user ? user
            : AccountErrors.UsernameTaken;
    }
}

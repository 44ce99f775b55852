using Fitnessify.Application.Accounts;
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
    IAuditTrail audit,
    IClient client,
    IUnitOfWork unitOfWork,
    TimeProvider clock
)
{
    /// <summary>The account with its new address; <c>username_taken</c> when it is somebody else's, <c>email_taken</c>.</summary>
    public async Task<Result<User>> CorrectAsync(RegisterUserCommand request, CancellationToken cancellationToken)
    {
        if (
            await accounts.FindCredentialsAsync(request.Username, cancellationToken)
                is not { EmailConfirmed: false } account
            || gate.WhyNot(account) != UserErrors.EmailNotConfirmed
        )
        {
            return UserErrors.UsernameTaken;
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
            : UserErrors.UsernameTaken;
    }

    private async Task<Result<User>> SaveAsync(Credentials account, string email, CancellationToken cancellationToken)
    {
        guard.Require(account, UserErrors.UsernameTaken);
        var now = clock.Now();
        await accounts.ChangeAsync(account.UserId, new AccountChange(CorrectedEmail: email), cancellationToken);
        outbox.Add(AccountMails.ConfirmEmail(account.UserId, now));
        audit.Add(AuditEvent.Of(AuditEventType.EmailChangeRequested, account.UserId, client, now));
        var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
        return !saved.IsSuccess ? saved.Error
            : await accounts.FindAsync(account.UserId, cancellationToken) is { } user ? user
            : UserErrors.UsernameTaken;
    }
}

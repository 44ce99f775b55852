using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using Fitnessify.Domain.Users;

namespace Fitnessify.Application.Users;

/// <summary>Asks the signed-in user for the password again, before what cannot be undone (ASVS 5.0, 7.5.1).</summary>
internal sealed class Reauthentication(
    ICurrentUser currentUser,
    ISignInThrottle throttle,
    IAccountRepository accounts,
    IPasswordHashing hashing,
    IAuditTrail audit,
    IClient client,
    IUnitOfWork unitOfWork,
    TimeProvider clock
)
{
    /// <summary>The account, or <c>reauthentication_failed</c>; wrong passwords are counted like those at sign-in.</summary>
    public async Task<Result<Credentials>> ConfirmAsync(string password, CancellationToken cancellationToken)
    {
        var identifier = currentUser.Id.ToString();
        var attempt = await throttle.TakeAttemptAsync(identifier, cancellationToken);
        if (!attempt.IsSuccess)
        {
            return attempt.Error;
        }

        if (await accounts.FindCredentialsAsync(currentUser.Id, cancellationToken) is not { } credentials)
        {
            return SessionErrors.SessionRevoked;
        }

        var verdict = await hashing.VerifyAsync(credentials.PasswordHash, password, cancellationToken);
        if (!verdict.IsSuccess)
        {
            await throttle.ReturnAttemptAsync(identifier, cancellationToken);
            return verdict.Error;
        }

        if (verdict.Value != PasswordVerdict.Wrong)
        {
            await throttle.ForgiveAsync(identifier, cancellationToken);
            return credentials;
        }

        audit.Add(
            AuditEvent.Refused(
                AuditEventType.ReauthenticationFailed,
                currentUser.Id,
                currentUser.Id,
                client,
                clock.Now(),
                currentUser.SessionId
            )
        );
        var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
        return saved.IsSuccess ? UserErrors.ReauthenticationFailed : saved.Error;
    }
}

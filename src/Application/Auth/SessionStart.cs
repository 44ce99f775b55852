using Fitnessify.Application.Audit;
using Fitnessify.Application.Sessions;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Auth;

/// <summary>The last step of each way to sign in: a session begins on the device.</summary>
internal sealed class SessionStart(
    SessionOptions options,
    ISessionRepository sessions,
    IKnownDevices knownDevices,
    SessionRevocation revocation,
    ICredentialGuard guard,
    ISessionTokens tokens,
    IMailOutbox outbox,
    AuditLog audit,
    IClient client,
    IUnitOfWork unitOfWork,
    TimeProvider clock
)
{
    /// <summary>Saves the session with all that the sign-in has changed, tells of a new device, and answers with the tokens.</summary>
    /// <param name="account">As it was when its user showed who they are.</param>
    /// <param name="device">What to call the device.</param>
    /// <param name="method">How they did.</param>
    /// <param name="otherwise">The answer when the account has changed since.</param>
    public async Task<Result<TokensDto>> SaveAsync(
        Credentials account,
        string? device,
        SignInMethod method,
        Error otherwise,
        CancellationToken cancellationToken
    )
    {
        guard.Require(account, otherwise);
        var now = clock.Now();
        var session = Session.Start(account.UserId, device, client.IpAddress, options.Lifetime, now);
        if (await knownDevices.IsNewAsync(account.UserId, device, cancellationToken))
        {
            outbox.Add(AccountMails.NewDevice(session));
        }

        revocation.RevokeOldest(account.UserId, options.MaxPerUser);
        sessions.Add(session);
        audit.RecordSignIn(session, method);
        var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
        return saved.Then(() => TokensDto.From(session, tokens.Issue(session, now)));
    }
}

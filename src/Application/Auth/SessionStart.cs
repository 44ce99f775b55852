using Fitnessify.Application.Sessions;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Sessions;
using Fitnessify.Domain.Users;

namespace Fitnessify.Application.Auth;

/// <summary>The last step of each way to sign in: a session begins on the device.</summary>
internal sealed class SessionStart(
    SessionOptions options,
    ISessionRepository sessions,
    ISessionTokens tokens,
    IMailOutbox outbox,
    IAuditTrail audit,
    IClient client,
    IUnitOfWork unitOfWork,
    TimeProvider clock
)
{
    /// <summary>Saves the session with all that the sign-in has changed, tells of a new device, and answers with the tokens.</summary>
    public async Task<Result<TokensDto>> SaveAsync(
        Credentials account,
        string? device,
        CancellationToken cancellationToken
    )
    {
        var now = clock.Now();
        var session = Session.Start(account.UserId, device, client.IpAddress, options.Lifetime, now);
        if (
            account.EmailConfirmed
            && await sessions.IsNewDeviceAsync(account.UserId, device, client.IpAddress, cancellationToken)
        )
        {
            outbox.Add(AccountMails.NewDevice(session));
        }

        sessions.Add(session);
        audit.Add(AuditEvent.Of(AuditEventType.SignedIn, account.UserId, client, now, session.Id, device));
        var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
        if (!saved.IsSuccess)
        {
            return saved.Error;
        }

        var ended = await MakeRoomAsync(account.UserId, now, cancellationToken);
        return ended.Then(() => TokensDto.From(session, tokens.Issue(session, now)));
    }

    // After the save, where it counts this session and those that other sign-ins have begun meanwhile.
    private async Task<Result> MakeRoomAsync(Guid userId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var oldest = await sessions.ListBeyondAsync(userId, options.MaxPerUser, now, cancellationToken);
        audit.EndSessions(oldest, SessionEnd.TooMany, client, now);
        return oldest.Count == 0 ? Result.Success : await unitOfWork.SaveChangesAsync(cancellationToken);
    }
}

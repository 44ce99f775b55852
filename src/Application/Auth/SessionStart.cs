using Fitnessify.Application.Audit;
using Fitnessify.Application.Sessions;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Guests;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Auth;

/// <summary>The last step of each way to sign in: a session begins on the device.</summary>
internal sealed class SessionStart(
    SessionOptions options,
    SessionLifetime lifetime,
    ISessionRepository sessions,
    IKnownDevices knownDevices,
    SessionRevocation revocation,
    ICredentialGuard guard,
    IGuestMerge merge,
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
    /// <param name="signIn">How they did, and where.</param>
    /// <param name="otherwise">The answer when the account has changed since.</param>
    public async Task<Result<TokensDto>> SaveAsync(
        Credentials account,
        SignIn signIn,
        Error otherwise,
        CancellationToken cancellationToken
    )
    {
        var session = Start(account.UserId, signIn);
        // The merge comes first, because it locks what the guest's requests lock first.
        var merged = Merge(session, signIn);
        guard.Require(account, otherwise);
        if (await knownDevices.IsNewAsync(account.UserId, signIn.Device, cancellationToken))
        {
            outbox.Add(AccountMails.NewDevice(session));
        }

        revocation.RevokeOldest(account.UserId, options.MaxPerUser);
        return await SaveAsync(session, signIn, merged, cancellationToken);
    }

    /// <summary>Saves the first session of an account together with the account, and answers with the tokens.</summary>
    /// <param name="created">The account, which the same save creates.</param>
    /// <param name="signIn">How its user has shown who they are, and where.</param>
    public Task<Result<TokensDto>> SaveFirstAsync(Account created, SignIn signIn, CancellationToken cancellationToken)
    {
        var session = Start(created.Id, signIn);
        return SaveAsync(session, signIn, Merge(session, signIn), cancellationToken);
    }

    private Session Start(Guid userId, SignIn signIn)
    {
        var (device, address, now) = (signIn.Device, client.IpAddress, clock.Now());
        return signIn.Method == SignInMethod.Guest
            ? Session.StartGuest(userId, device, address, lifetime, now)
            : Session.Start(userId, device, address, lifetime, now, signIn.IdentityId);
    }

    private GuestMergeOutcome? Merge(Session session, SignIn signIn)
    {
        if (signIn.GuestSessionId is not { } guestSessionId)
        {
            return null;
        }

        var (ownerId, now) = (session.OwnerId, session.CreatedAt);
        return merge.Add(
            guestSessionId,
            ownerId,
            guestId =>
                [
                    AuditEvent.Of(AuditEventType.GuestMerged, ownerId, client, now, session.Id, session.Device),
                    AuditEvent.OfDeleted(guestId, now),
                ],
            now
        );
    }

    private async Task<Result<TokensDto>> SaveAsync(
        Session session,
        SignIn signIn,
        GuestMergeOutcome? merged,
        CancellationToken cancellationToken
    )
    {
        sessions.Add(session);
        audit.RecordSignIn(session, signIn.Method);
        var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
        return saved.Then(() =>
            TokensDto.From(session, tokens.Issue(session, session.CreatedAt), merged?.IsMerged ?? false)
        );
    }
}

/// <summary>How and where a user signs in.</summary>
/// <param name="Device">What to call the device, or null.</param>
/// <param name="Method">How the user has shown who they are.</param>
/// <param name="IdentityId">The linked identity that did, or null.</param>
/// <param name="GuestSessionId">The session of the guest whose data becomes the account's, or null.</param>
internal sealed record SignIn(
    string? Device,
    SignInMethod Method,
    Guid? IdentityId = null,
    Guid? GuestSessionId = null
);

using Fitnessify.Application.Audit;
using Fitnessify.Application.Auth;
using Fitnessify.Application.Common;
using Fitnessify.Application.Sessions;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Identities;
using Fitnessify.Domain.Mail;
using MediatR;

namespace Fitnessify.Application.Identities;

/// <summary>
/// Receives an event that Apple sends from server to server. If the user has withdrawn the consent or has deleted the Apple
/// account, the identity is removed, and the sessions that it has started end.
/// </summary>
/// <param name="Payload">The event that Apple has signed.</param>
public sealed record ReceiveAppleNotificationCommand(string Payload) : IRequest<Result>;

internal sealed class ReceiveAppleNotificationValidator : RequestValidator<ReceiveAppleNotificationCommand>
{
    public ReceiveAppleNotificationValidator() => RuleFor(command => command.Payload).IdToken();
}

internal sealed class ReceiveAppleNotificationHandler(
    IIdentityTokens tokens,
    IIdentityRepository identities,
    CredentialChanges credentialChanges,
    SessionRevocation revocation,
    IMailOutbox outbox,
    AuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<ReceiveAppleNotificationCommand, Result>
{
    public async Task<Result> Handle(ReceiveAppleNotificationCommand request, CancellationToken cancellationToken)
    {
        var verified = await tokens.VerifyEventAsync(request.Payload, cancellationToken);
        if (!verified.IsSuccess)
        {
            return verified.Error;
        }

        var (issuer, subject, isEnd, at) = verified.Value;
        // Apple repeats events for days: a late one must not end an identity that was linked or used after it.
        if (
            !isEnd
            || await identities.FindAsync(issuer, subject, cancellationToken) is not { } identity
            || at < identity.LastUsedAt
        )
        {
            return Result.Success;
        }

        var userId = identity.OwnerId;
        // The same event may come twice at once.
        identities.RequireLinked(userId, identity.Id, IdentityErrors.IdentityTokenInvalid);
        identities.Remove(userId, identity.Id, isRevoked: true);
        credentialChanges.Removed(userId);
        revocation.RevokeOf(userId, identity.Id);
        outbox.Add(AccountMails.IdentityUnlinked(userId, identity.Provider, clock.Now()));
        audit.Record(AuditEventType.IdentityUnlinked, userId);
        var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
        return saved.Error == IdentityErrors.IdentityTokenInvalid ? Result.Success : saved;
    }
}

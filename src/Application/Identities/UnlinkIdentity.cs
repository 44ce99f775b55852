using Fitnessify.Application.Accounts;
using Fitnessify.Application.Audit;
using Fitnessify.Application.Auth;
using Fitnessify.Application.Common;
using Fitnessify.Application.Sessions;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Identities;
using Fitnessify.Domain.Mail;
using MediatR;

namespace Fitnessify.Application.Identities;

/// <summary>Removes an identity from the own account, and ends the other sessions that it has started.</summary>
/// <param name="Id">Which.</param>
/// <param name="Password">Asked for again; null within five minutes after a reauthentication of the session.</param>
/// <param name="Code">With the second factor on: six digits from the app; or else a recovery code.</param>
/// <param name="RecoveryCode">In place of a code.</param>
public sealed record UnlinkIdentityCommand(
    Guid Id,
    string? Password = null,
    string? Code = null,
    string? RecoveryCode = null
) : IRequest<Result>, IReauthenticated
{
    /// <summary>With the second factor on: six digits from the app; or else a recovery code.</summary>
    public string? Code { get; } = MfaCodeInput.Read(Code);

    /// <summary>In place of a code.</summary>
    public string? RecoveryCode { get; } = MfaCodeInput.ReadRecovery(RecoveryCode);
}

internal sealed class UnlinkIdentityValidator : RequestValidator<UnlinkIdentityCommand>
{
    public UnlinkIdentityValidator() => this.Reauthentication();
}

internal sealed class UnlinkIdentityHandler(
    ICurrentUser currentUser,
    Reauthentication reauthentication,
    ICredentialGuard guard,
    IIdentityRepository identities,
    CredentialChanges credentialChanges,
    SessionRevocation revocation,
    IMailOutbox outbox,
    AuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<UnlinkIdentityCommand, Result>
{
    public Task<Result> Handle(UnlinkIdentityCommand request, CancellationToken cancellationToken)
    {
        return reauthentication.ConfirmAsync(request, UnlinkAsync, cancellationToken);

        async Task<Result> UnlinkAsync(Credentials verified)
        {
            var linked = await identities.ListAsync(verified.UserId, cancellationToken);
            if (linked.FirstOrDefault(identity => identity.Id == request.Id) is not { } identity)
            {
                return CommonErrors.NotFound;
            }

            var userId = verified.UserId;
            identities.RequireLinked(userId, identity.Id, CommonErrors.NotFound);
            identities.Remove(userId, identity.Id);
            guard.RequireCredential(userId);
            credentialChanges.Removed(userId);
            revocation.RevokeOf(userId, identity.Id, exceptId: currentUser.SessionId);
            outbox.Add(AccountMails.IdentityUnlinked(userId, identity.Provider, clock.Now()));
            audit.Record(AuditEventType.IdentityUnlinked);
            return await unitOfWork.SaveChangesAsync(cancellationToken);
        }
    }
}

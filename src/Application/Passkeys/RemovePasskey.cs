using Fitnessify.Application.Accounts;
using Fitnessify.Application.Audit;
using Fitnessify.Application.Auth;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Passkeys;
using MediatR;

namespace Fitnessify.Application.Passkeys;

/// <summary>Takes a passkey its worth.</summary>
/// <param name="Id">Which.</param>
/// <param name="Password">Asked for again; null within five minutes after a reauthentication of the session.</param>
/// <param name="Code">With the second factor on: six digits from the app; or else a recovery code.</param>
/// <param name="RecoveryCode">In place of a code.</param>
public sealed record RemovePasskeyCommand(
    string Id,
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

internal sealed class RemovePasskeyValidator : RequestValidator<RemovePasskeyCommand>
{
    public RemovePasskeyValidator() => this.Reauthentication();
}

internal sealed class RemovePasskeyHandler(
    Reauthentication reauthentication,
    ICredentialGuard guard,
    CredentialChanges credentialChanges,
    IPasskeys passkeys,
    IMailOutbox outbox,
    AuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<RemovePasskeyCommand, Result>
{
    public Task<Result> Handle(RemovePasskeyCommand request, CancellationToken cancellationToken)
    {
        return reauthentication.ConfirmAsync(request, RemoveAsync, cancellationToken);

        async Task<Result> RemoveAsync(Credentials account)
        {
            var (userId, now) = (account.UserId, clock.Now());
            if (!await passkeys.RemoveAsync(userId, request.Id, cancellationToken))
            {
                return CommonErrors.NotFound;
            }

            guard.RequireCredential(userId);
            credentialChanges.Removed(userId);
            outbox.Add(AccountMails.PasskeyRemoved(userId, now));
            audit.Record(AuditEventType.PasskeyRemoved);
            return await unitOfWork.SaveChangesAsync(cancellationToken);
        }
    }
}

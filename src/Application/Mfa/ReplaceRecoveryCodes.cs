using Fitnessify.Application.Accounts;
using Fitnessify.Application.Audit;
using Fitnessify.Application.Auth;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Mfa;
using MediatR;

namespace Fitnessify.Application.Mfa;

/// <summary>Makes new recovery codes; the old ones are worthless then.</summary>
/// <param name="Password">Asked for again; null within five minutes after a reauthentication of the session.</param>
/// <param name="Code">Six digits from the app; or else a recovery code.</param>
/// <param name="RecoveryCode">In place of a code.</param>
public sealed record ReplaceRecoveryCodesCommand(
    string? Password = null,
    string? Code = null,
    string? RecoveryCode = null
) : IRequest<Result<RecoveryCodesDto>>, IReauthenticated
{
    /// <summary>Six digits from the app; or else a recovery code.</summary>
    public string? Code { get; } = MfaCodeInput.Read(Code);

    /// <summary>In place of a code.</summary>
    public string? RecoveryCode { get; } = MfaCodeInput.ReadRecovery(RecoveryCode);
}

internal sealed class ReplaceRecoveryCodesValidator : RequestValidator<ReplaceRecoveryCodesCommand>
{
    public ReplaceRecoveryCodesValidator() => this.Reauthentication();
}

internal sealed class ReplaceRecoveryCodesHandler(
    Reauthentication reauthentication,
    CredentialChanges credentialChanges,
    IMfaRepository factors,
    IMailOutbox outbox,
    AuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<ReplaceRecoveryCodesCommand, Result<RecoveryCodesDto>>
{
    public Task<Result<RecoveryCodesDto>> Handle(
        ReplaceRecoveryCodesCommand request,
        CancellationToken cancellationToken
    )
    {
        return reauthentication.ConfirmAsync(request, ReplaceAsync, cancellationToken);

        async Task<Result<RecoveryCodesDto>> ReplaceAsync(Credentials account)
        {
            if (!account.MfaEnabled)
            {
                return MfaErrors.MfaNotEnabled;
            }

            var (userId, now) = (account.UserId, clock.Now());
            var codes = await factors.ReplaceRecoveryCodesAsync(userId, cancellationToken);
            credentialChanges.Added(userId);
            outbox.Add(AccountMails.RecoveryCodesReplaced(userId, now));
            audit.Record(AuditEventType.RecoveryCodesReplaced);
            var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
            return saved.Then(() => new RecoveryCodesDto(codes));
        }
    }
}

using Fitnessify.Application.Accounts;
using Fitnessify.Application.Audit;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Mfa;
using FluentValidation;
using MediatR;

namespace Fitnessify.Application.Mfa;

/// <summary>Switches the second factor on, with a code of the app that is being set up.</summary>
/// <param name="Code">Six digits.</param>
public sealed record ConfirmTotpCommand(string Code) : IRequest<Result<RecoveryCodesDto>>
{
    /// <summary>Six digits.</summary>
    public string Code { get; } = MfaCodeInput.Read(Code)!;
}

internal sealed class ConfirmTotpValidator : RequestValidator<ConfirmTotpCommand>
{
    public ConfirmTotpValidator() => RuleFor(command => command.Code).NotEmpty().Code();
}

internal sealed class ConfirmTotpHandler(
    ICurrentUser currentUser,
    ICredentialGuard guard,
    MfaCodeAttempts attempts,
    IMfaRepository factors,
    IChallengeTokens challengeTokens,
    IMailOutbox outbox,
    AuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<ConfirmTotpCommand, Result<RecoveryCodesDto>>
{
    public Task<Result<RecoveryCodesDto>> Handle(ConfirmTotpCommand request, CancellationToken cancellationToken)
    {
        var (userId, sessionId, now) = (currentUser.Id, currentUser.SessionId, clock.Now());
        return attempts.MakeAsync(
            userId,
            () => factors.TryConfirmAsync(userId, request.Code, now, cancellationToken),
            EnableAsync,
            () => audit.RecordRefused(AuditEventType.MfaEnabled, userId),
            cancellationToken
        );

        async Task<Result<RecoveryCodesDto>> EnableAsync()
        {
            // Who the user is was shown at the enrollment. A change of the password since then has revoked this session, and
            // the removal of a passkey or an identity has deleted the seed.
            guard.RequireLive(currentUser.Id, currentUser.SessionId);
            var codes = await factors.ReplaceRecoveryCodesAsync(userId, cancellationToken);
            challengeTokens.Withdraw(userId);
            outbox.Add(AccountMails.MfaEnabled(userId, now));
            audit.Record(AuditEventType.MfaEnabled);
            var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
            return saved.Then(() => new RecoveryCodesDto(codes));
        }
    }
}

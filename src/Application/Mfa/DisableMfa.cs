using Fitnessify.Application.Accounts;
using Fitnessify.Application.Audit;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Mfa;
using FluentValidation;
using MediatR;

namespace Fitnessify.Application.Mfa;

/// <summary>Switches the second factor off. It takes both factors, one last time.</summary>
/// <param name="Password">Asked for again; null within five minutes after a reauthentication of the session.</param>
/// <param name="Code">Six digits from the app; or else a recovery code.</param>
/// <param name="RecoveryCode">In place of a code.</param>
public sealed record DisableMfaCommand(string? Password = null, string? Code = null, string? RecoveryCode = null)
    : IRequest<Result>,
        IReauthenticated
{
    /// <summary>Six digits from the app; or else a recovery code.</summary>
    public string? Code { get; } = MfaCodeInput.Read(Code);

    /// <summary>In place of a code.</summary>
    public string? RecoveryCode { get; } = MfaCodeInput.ReadRecovery(RecoveryCode);
}

internal sealed class DisableMfaValidator : RequestValidator<DisableMfaCommand>
{
    public DisableMfaValidator()
    {
        this.Reauthentication();
        RuleFor(command => command.Code)
            .GivenUnless(command => command.RecoveryCode)
            .When(command => command.Password is not null);
    }
}

internal sealed class DisableMfaHandler(
    Reauthentication reauthentication,
    IMfaRepository factors,
    IChallengeTokens challengeTokens,
    IMailOutbox outbox,
    AuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<DisableMfaCommand, Result>
{
    public Task<Result> Handle(DisableMfaCommand request, CancellationToken cancellationToken)
    {
        return reauthentication.ConfirmAsync(request, DisableAsync, cancellationToken);

        async Task<Result> DisableAsync(Credentials account)
        {
            if (!account.MfaEnabled)
            {
                return MfaErrors.MfaNotEnabled;
            }

            var (userId, now) = (account.UserId, clock.Now());
            factors.Remove(userId);
            challengeTokens.Withdraw(userId);
            outbox.Add(AccountMails.MfaDisabled(userId, now));
            audit.Record(AuditEventType.MfaDisabled);
            return await unitOfWork.SaveChangesAsync(cancellationToken);
        }
    }
}

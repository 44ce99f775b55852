using Fitnessify.Application.Common;
using Fitnessify.Application.Users;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Users;
using MediatR;

namespace Fitnessify.Application.Mfa;

/// <summary>Switches the second factor off. It takes both factors, one last time.</summary>
/// <param name="Password">Asked for again.</param>
/// <param name="Code">Six digits from the app; or else a recovery code.</param>
/// <param name="RecoveryCode">In place of a code.</param>
public sealed record DisableMfaCommand(string Password, string? Code = null, string? RecoveryCode = null)
    : IRequest<Result>
{
    /// <summary>Six digits from the app; or else a recovery code.</summary>
    public string? Code { get; } = Code?.Trim();
}

internal sealed class DisableMfaValidator : RequestValidator<DisableMfaCommand>
{
    public DisableMfaValidator()
    {
        RuleFor(command => command.Password).Password();
        RuleFor(command => command.Code).GivenUnless(command => command.RecoveryCode).Code();
        RuleFor(command => command.RecoveryCode).NotBeside(command => command.Code).RecoveryCode();
    }
}

internal sealed class DisableMfaHandler(
    ICurrentUser currentUser,
    Reauthentication reauthentication,
    CodeAttempts attempts,
    ISecondFactors factors,
    ITickets tickets,
    IMailOutbox outbox,
    IAuditTrail audit,
    IClient client,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<DisableMfaCommand, Result>
{
    public async Task<Result> Handle(DisableMfaCommand request, CancellationToken cancellationToken)
    {
        var confirmed = await reauthentication.ConfirmAsync(request.Password, cancellationToken);
        if (!confirmed.IsSuccess)
        {
            return confirmed.Error;
        }

        if (!confirmed.Value.MfaEnabled)
        {
            return UserErrors.MfaNotEnabled;
        }

        var (userId, sessionId, now) = (currentUser.Id, currentUser.SessionId, clock.Now());
        var code = new SecondFactorCode(request.Code, request.RecoveryCode);
        return await attempts.MakeAsync(
            userId,
            () => factors.TryUseAsync(userId, code, now, cancellationToken),
            DisableAsync,
            () => AuditEvent.Refused(AuditEventType.MfaDisabled, userId, userId, client, now, sessionId),
            cancellationToken
        );

        Task<Result> DisableAsync()
        {
            factors.Remove(userId);
            tickets.Withdraw(userId);
            outbox.Add(AccountMails.MfaDisabled(userId, now));
            audit.Add(AuditEvent.Of(AuditEventType.MfaDisabled, userId, client, now, sessionId));
            return unitOfWork.SaveChangesAsync(cancellationToken);
        }
    }
}

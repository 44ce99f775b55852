using Fitnessify.Application.Common;
using Fitnessify.Application.Users;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Users;
using MediatR;

namespace Fitnessify.Application.Mfa;

/// <summary>Makes new recovery codes; the old ones are worthless then.</summary>
/// <param name="Password">Asked for again.</param>
public sealed record ReplaceRecoveryCodesCommand(string Password) : IRequest<Result<RecoveryCodesDto>>;

internal sealed class ReplaceRecoveryCodesValidator : RequestValidator<ReplaceRecoveryCodesCommand>
{
    public ReplaceRecoveryCodesValidator() => RuleFor(command => command.Password).Password();
}

internal sealed class ReplaceRecoveryCodesHandler(
    ICurrentUser currentUser,
    Reauthentication reauthentication,
    ISecondFactors factors,
    IAuditTrail audit,
    IClient client,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<ReplaceRecoveryCodesCommand, Result<RecoveryCodesDto>>
{
    public async Task<Result<RecoveryCodesDto>> Handle(
        ReplaceRecoveryCodesCommand request,
        CancellationToken cancellationToken
    )
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

        var (userId, now) = (currentUser.Id, clock.Now());
        var codes = factors.ReplaceRecoveryCodes(userId);
        audit.Add(AuditEvent.Of(AuditEventType.RecoveryCodesReplaced, userId, client, now, currentUser.SessionId));
        var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
        return saved.Then(() => new RecoveryCodesDto(codes));
    }
}

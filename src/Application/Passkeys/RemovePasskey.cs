using Fitnessify.Application.Common;
using Fitnessify.Application.Users;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Passkeys;
using Fitnessify.Domain.Users;
using MediatR;

namespace Fitnessify.Application.Passkeys;

/// <summary>Takes a passkey its worth.</summary>
/// <param name="Id">Which.</param>
/// <param name="Password">Asked for again.</param>
public sealed record RemovePasskeyCommand(string Id, string Password) : IRequest<Result>;

internal sealed class RemovePasskeyValidator : RequestValidator<RemovePasskeyCommand>
{
    public RemovePasskeyValidator() => RuleFor(command => command.Password).Password();
}

internal sealed class RemovePasskeyHandler(
    ICurrentUser currentUser,
    Reauthentication reauthentication,
    IPasskeys passkeys,
    IMailOutbox outbox,
    IAuditTrail audit,
    IClient client,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<RemovePasskeyCommand, Result>
{
    public async Task<Result> Handle(RemovePasskeyCommand request, CancellationToken cancellationToken)
    {
        var confirmed = await reauthentication.ConfirmAsync(request.Password, cancellationToken);
        if (!confirmed.IsSuccess)
        {
            return confirmed.Error;
        }

        if (!await passkeys.RemoveAsync(currentUser.Id, request.Id, cancellationToken))
        {
            return CommonErrors.NotFound;
        }

        var now = clock.Now();
        outbox.Add(AccountMails.PasskeyRemoved(currentUser.Id, now));
        audit.Add(AuditEvent.Of(AuditEventType.PasskeyRemoved, currentUser.Id, client, now, currentUser.SessionId));
        return await unitOfWork.SaveChangesAsync(cancellationToken);
    }
}

using Fitnessify.Application.Auth;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Users;
using MediatR;

namespace Fitnessify.Application.Users;

/// <summary>Asks for another address. It counts once the link that is mailed there is opened.</summary>
/// <param name="NewEmail">The new address.</param>
/// <param name="Password">Asked for again.</param>
public sealed record ChangeEmailCommand(string NewEmail, string Password) : IRequest<Result>
{
    /// <summary>The new address.</summary>
    public string NewEmail { get; } = NewEmail?.Trim()!;
}

internal sealed class ChangeEmailValidator : RequestValidator<ChangeEmailCommand>
{
    public ChangeEmailValidator()
    {
        RuleFor(command => command.NewEmail).Email();
        RuleFor(command => command.Password).Password();
    }
}

internal sealed class ChangeEmailHandler(
    RegistrationOptions options,
    ICurrentUser currentUser,
    Reauthentication reauthentication,
    IAccountRepository accounts,
    IMailOutbox outbox,
    IAuditTrail audit,
    IClient client,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<ChangeEmailCommand, Result>
{
    public async Task<Result> Handle(ChangeEmailCommand request, CancellationToken cancellationToken)
    {
        var confirmed = await reauthentication.ConfirmAsync(request.Password, cancellationToken);
        if (!confirmed.IsSuccess)
        {
            return confirmed.Error;
        }

        // A courtesy; what counts is the index, when the address is confirmed.
        var owner = await accounts.FindCredentialsAsync(request.NewEmail, cancellationToken);
        if (owner is not null && owner.UserId != currentUser.Id && !options.IsPrivate)
        {
            return UserErrors.EmailTaken;
        }

        var now = clock.Now();
        await accounts.ChangeAsync(
            currentUser.Id,
            new AccountChange(PendingEmail: request.NewEmail),
            cancellationToken
        );
        outbox.Add(AccountMails.ConfirmEmail(currentUser.Id, now));
        outbox.Add(AccountMails.EmailChangeRequested(currentUser.Id, now));
        audit.Add(
            AuditEvent.Of(AuditEventType.EmailChangeRequested, currentUser.Id, client, now, currentUser.SessionId)
        );
        return await unitOfWork.SaveChangesAsync(cancellationToken);
    }
}

using Fitnessify.Application.Accounts;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using MediatR;

namespace Fitnessify.Application.Auth;

/// <summary>Mails the link that confirms an address once more, if anybody waits for it. Nobody learns whether.</summary>
/// <param name="Email">The address.</param>
public sealed record SendConfirmationCommand(string Email) : IRequest<Result>
{
    /// <summary>The address.</summary>
    public string Email { get; } = PastedText.OneLine(Email);
}

internal sealed class SendConfirmationValidator : RequestValidator<SendConfirmationCommand>
{
    public SendConfirmationValidator() => RuleFor(command => command.Email).Email();
}

internal sealed class SendConfirmationHandler(IMailOutbox outbox, IUnitOfWork unitOfWork, TimeProvider clock)
    : IRequestHandler<SendConfirmationCommand, Result>
{
    public Task<Result> Handle(SendConfirmationCommand request, CancellationToken cancellationToken)
    {
        // Whether the address is known is looked up when the mail is sent, so that the work here is always the same.
        outbox.Add(AccountMails.ConfirmEmail(request.Email, clock.Now()));
        return unitOfWork.SaveChangesAsync(cancellationToken);
    }
}

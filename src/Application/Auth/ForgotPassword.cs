using Fitnessify.Application.Accounts;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using MediatR;

namespace Fitnessify.Application.Auth;

/// <summary>Mails a link that sets a new password, if anybody has this address. Nobody learns whether.</summary>
/// <param name="Email">The address.</param>
public sealed record ForgotPasswordCommand(string Email) : IRequest<Result>
{
    /// <summary>The address.</summary>
    public string Email { get; } = PastedText.OneLine(Email);
}

internal sealed class ForgotPasswordValidator : RequestValidator<ForgotPasswordCommand>
{
    public ForgotPasswordValidator() => RuleFor(command => command.Email).Email();
}

internal sealed class ForgotPasswordHandler(IMailOutbox outbox, IUnitOfWork unitOfWork, TimeProvider clock)
    : IRequestHandler<ForgotPasswordCommand, Result>
{
    public Task<Result> Handle(ForgotPasswordCommand request, CancellationToken cancellationToken)
    {
        // Whether the address is known is looked up when the mail is sent, so that the work here is always the same.
        outbox.Add(AccountMails.ResetPassword(request.Email, clock.Now()));
        return unitOfWork.SaveChangesAsync(cancellationToken);
    }
}

using Fitnessify.Application.Auth;
using Fitnessify.Application.Common;
using Fitnessify.Application.Sessions;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Sessions;
using Fitnessify.Domain.Users;
using MediatR;

namespace Fitnessify.Application.Users;

/// <summary>Changes the own password and signs the other devices out.</summary>
/// <param name="CurrentPassword">Asked for again.</param>
/// <param name="NewPassword">See the password policy.</param>
public sealed record ChangePasswordCommand(string CurrentPassword, string NewPassword) : IRequest<Result>;

internal sealed class ChangePasswordValidator : RequestValidator<ChangePasswordCommand>
{
    public ChangePasswordValidator()
    {
        RuleFor(command => command.CurrentPassword).Password();
        RuleFor(command => command.NewPassword).Password();
    }
}

internal sealed class ChangePasswordHandler(
    ICurrentUser currentUser,
    Reauthentication reauthentication,
    PasswordPolicy policy,
    IPasswordHashing hashing,
    IAccountRepository accounts,
    OtherSessions others,
    ITickets tickets,
    IMailOutbox outbox,
    IAuditTrail audit,
    IClient client,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<ChangePasswordCommand, Result>
{
    public async Task<Result> Handle(ChangePasswordCommand request, CancellationToken cancellationToken)
    {
        var confirmed = await reauthentication.ConfirmAsync(request.CurrentPassword, cancellationToken);
        if (!confirmed.IsSuccess)
        {
            return confirmed.Error;
        }

        var (username, email) = (confirmed.Value.Username, confirmed.Value.Email);
        var accepted = await policy.CheckAsync(
            request.NewPassword,
            username,
            email,
            request.CurrentPassword,
            cancellationToken
        );
        if (!accepted.IsSuccess)
        {
            return accepted.Error;
        }

        var hash = await hashing.HashAsync(request.NewPassword, cancellationToken);
        if (!hash.IsSuccess)
        {
            return hash.Error;
        }

        // Also what somebody with the old password may have begun: an address that waits would let them in again.
        var change = new AccountChange(PasswordHash: hash.Value, DropsPendingEmail: true);
        await accounts.ChangeAsync(currentUser.Id, change, cancellationToken);
        await others.EndAsync(SessionEnd.PasswordChanged, cancellationToken);
        tickets.Withdraw(currentUser.Id);
        var now = clock.Now();
        outbox.Add(AccountMails.PasswordChanged(currentUser.Id, now));
        audit.Add(AuditEvent.Of(AuditEventType.PasswordChanged, currentUser.Id, client, now, currentUser.SessionId));
        return await unitOfWork.SaveChangesAsync(cancellationToken);
    }
}

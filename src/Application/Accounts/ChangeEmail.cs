using Fitnessify.Application.Audit;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Guests;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Sessions;
using MediatR;

namespace Fitnessify.Application.Accounts;

/// <summary>Asks for another address. It counts once the link that is mailed there is opened.</summary>
/// <param name="NewEmail">The new address.</param>
/// <param name="Password">Asked for again; null within five minutes after a reauthentication of the session.</param>
/// <param name="Code">With the second factor on: six digits from the app; or else a recovery code.</param>
/// <param name="RecoveryCode">In place of a code.</param>
public sealed record ChangeEmailCommand(
    string NewEmail,
    string? Password = null,
    string? Code = null,
    string? RecoveryCode = null
) : IRequest<Result>, IReauthenticated
{
    /// <summary>The new address.</summary>
    public string NewEmail { get; } = PastedText.OneLine(NewEmail);

    /// <summary>With the second factor on: six digits from the app; or else a recovery code.</summary>
    public string? Code { get; } = MfaCodeInput.Read(Code);

    /// <summary>In place of a code.</summary>
    public string? RecoveryCode { get; } = MfaCodeInput.ReadRecovery(RecoveryCode);
}

internal sealed class ChangeEmailValidator : RequestValidator<ChangeEmailCommand>
{
    public ChangeEmailValidator()
    {
        RuleFor(command => command.NewEmail).Email();
        this.Reauthentication();
    }
}

internal sealed class ChangeEmailHandler(
    AccountOptions options,
    ICurrentUser currentUser,
    Reauthentication reauthentication,
    IAccountRepository accounts,
    IMailOutbox outbox,
    AuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<ChangeEmailCommand, Result>
{
    public Task<Result> Handle(ChangeEmailCommand request, CancellationToken cancellationToken) =>
        reauthentication.ConfirmAsync(
            request,
            verified => AskAsync(verified, request.NewEmail, cancellationToken),
            cancellationToken
        );

    private async Task<Result> AskAsync(Credentials verified, string newEmail, CancellationToken cancellationToken)
    {
        if (verified.IsGuest)
        {
            return GuestErrors.NotRegistered;
        }

        // A courtesy; what counts is the index, when the address is confirmed.
        var owner = await accounts.FindCredentialsAsync(newEmail, cancellationToken);
        if (owner is { IsEmailPending: false } && owner.UserId != currentUser.Id && !options.IsPrivate)
        {
            return AccountErrors.EmailTaken;
        }

        var now = clock.Now();
        if (await accounts.FindAsync(currentUser.Id, cancellationToken) is not { } account)
        {
            return SessionErrors.SessionRevoked;
        }

        account.RequestEmailChange(newEmail);
        outbox.Add(AccountMails.ConfirmEmail(currentUser.Id, now));
        outbox.Add(AccountMails.EmailChangeRequested(currentUser.Id, now));
        audit.Record(AuditEventType.EmailChangeRequested);
        return await unitOfWork.SaveChangesAsync(cancellationToken);
    }
}

using Fitnessify.Application.Common;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using FluentValidation;
using MediatR;

namespace Fitnessify.Application.Auth;

/// <summary>Confirms an address with the token that was mailed there.</summary>
/// <param name="UserId">From the link.</param>
/// <param name="Token">From the link.</param>
public sealed record ConfirmEmailCommand(Guid UserId, string Token) : IRequest<Result>;

internal sealed class ConfirmEmailValidator : RequestValidator<ConfirmEmailCommand>
{
    public ConfirmEmailValidator()
    {
        RuleFor(command => command.UserId).NotEmpty();
        RuleFor(command => command.Token).Token();
    }
}

internal sealed class ConfirmEmailHandler(
    IAccountTokens tokens,
    IAccountRepository accounts,
    ICredentialGuard guard,
    IMailOutbox outbox,
    IAuditTrail audit,
    IClient client,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<ConfirmEmailCommand, Result>
{
    public async Task<Result> Handle(ConfirmEmailCommand request, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var claim = await tokens.RedeemAsync(AccountTokenPurpose.ConfirmEmail, request.Token, now, cancellationToken);
        if (
            claim is null
            || claim.UserId != request.UserId
            || await accounts.FindCredentialsAsync(claim.UserId, cancellationToken) is not { IsDisabled: false } account
            || (claim.Address != account.Email && claim.Address != account.PendingEmail)
        )
        {
            return UserErrors.TokenInvalidOrExpired;
        }

        guard.Require(account, UserErrors.TokenInvalidOrExpired);
        await accounts.ChangeAsync(account.UserId, new AccountChange(ConfirmedEmail: claim.Address), cancellationToken);
        var isReplaced = account.EmailConfirmed && claim.Address != account.Email;
        if (isReplaced)
        {
            tokens.WithdrawResets(account.UserId, account.Email);
            outbox.Add(AccountMails.EmailChanged(account.UserId, account.Email, now));
        }

        var type = isReplaced ? AuditEventType.EmailChanged : AuditEventType.EmailConfirmed;
        audit.Add(AuditEvent.Of(type, account.UserId, client, now));
        return await unitOfWork.SaveChangesAsync(cancellationToken);
    }
}

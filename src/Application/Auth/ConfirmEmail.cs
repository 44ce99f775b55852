using Fitnessify.Application.Audit;
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
    AuditLog audit,
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
            || await accounts.FindAsync(claim.UserId, cancellationToken) is not { DisabledAt: null } account
            || (claim.Address != account.Address && claim.Address != account.PendingEmail)
        )
        {
            return AuthErrors.TokenInvalidOrExpired;
        }

        guard.Require(account, AuthErrors.TokenInvalidOrExpired);
        var replaced = account.EmailConfirmed && claim.Address != account.Address ? account.Address : null;
        account.ConfirmEmail(claim.Address);
        if (replaced is not null)
        {
            tokens.WithdrawResets(account.Id, replaced);
            outbox.Add(AccountMails.EmailChanged(account.Id, replaced, now));
        }

        var type = replaced is not null ? AuditEventType.EmailChanged : AuditEventType.EmailConfirmed;
        audit.Record(type, account.Id);
        return await unitOfWork.SaveChangesAsync(cancellationToken);
    }
}

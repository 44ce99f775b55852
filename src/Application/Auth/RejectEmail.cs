using Fitnessify.Application.Accounts;
using Fitnessify.Application.Audit;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Admin;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using FluentValidation;
using MediatR;

namespace Fitnessify.Application.Auth;

/// <summary>
/// "This was not me", with the token that was mailed to confirm an address: an account whose address was never confirmed is
/// deleted; of any other, the address that waits is forgotten.
/// </summary>
/// <param name="UserId">From the link.</param>
/// <param name="Token">From the link.</param>
public sealed record RejectEmailCommand(Guid UserId, string Token) : IRequest<Result>;

internal sealed class RejectEmailValidator : RequestValidator<RejectEmailCommand>
{
    public RejectEmailValidator()
    {
        RuleFor(command => command.UserId).NotEmpty();
        RuleFor(command => command.Token).Token();
    }
}

internal sealed class RejectEmailHandler(
    IAccountTokens tokens,
    IAccountRepository accounts,
    ICredentialGuard guard,
    AccountDeletion removal,
    IAdminRepository admin,
    AuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<RejectEmailCommand, Result>
{
    public async Task<Result> Handle(RejectEmailCommand request, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var claim = await tokens.RedeemAsync(AccountTokenPurpose.ConfirmEmail, request.Token, now, cancellationToken);
        if (
            claim is null
            || claim.UserId != request.UserId
            || await accounts.FindAsync(claim.UserId, cancellationToken) is not { DisabledAt: null } account
            || (claim.Address != account.PendingEmail && (account.EmailConfirmed || claim.Address != account.Address))
        )
        {
            return AuthErrors.TokenInvalidOrExpired;
        }

        guard.Require(account, AuthErrors.TokenInvalidOrExpired);
        // Who has only been asked for a new address has no say in the account.
        if (account.EmailConfirmed || claim.Address != account.Address)
        {
            account.CancelEmailChange();
            return await unitOfWork.SaveChangesAsync(cancellationToken);
        }

        // With the account goes the token; the guard has seen that both are still there.
        await removal.RemoveAsync(account.Id, cancellationToken);
        admin.Require(new AdminAction(account.Id, account.Id));
        audit.RecordDeletion(account.Id);
        return await unitOfWork.SaveChangesAsync(cancellationToken);
    }
}

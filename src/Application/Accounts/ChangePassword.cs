using Fitnessify.Application.Audit;
using Fitnessify.Application.Common;
using Fitnessify.Application.Sessions;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Guests;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Sessions;
using FluentValidation;
using MediatR;

namespace Fitnessify.Application.Accounts;

/// <summary>Changes the own password, or sets the first one, and signs the other devices out.</summary>
/// <param name="NewPassword">See the password policy.</param>
/// <param name="CurrentPassword">
/// Asked for again; null within five minutes after a reauthentication of the session, also where there is none yet.
/// </param>
public sealed record ChangePasswordCommand(string NewPassword, string? CurrentPassword = null) : IRequest<Result>;

internal sealed class ChangePasswordValidator : RequestValidator<ChangePasswordCommand>
{
    public ChangePasswordValidator()
    {
        RuleFor(command => command.NewPassword).Password();
        RuleFor(command => command.CurrentPassword).Password().When(command => command.CurrentPassword is not null);
    }
}

internal sealed class ChangePasswordHandler(
    ICurrentUser currentUser,
    Reauthentication reauthentication,
    PasswordPolicy policy,
    IPasswordHashing hashing,
    IAccountRepository accounts,
    IAccountTokens tokens,
    SessionRevocation revocation,
    IChallengeTokens challengeTokens,
    IMailOutbox outbox,
    AuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<ChangePasswordCommand, Result>
{
    public Task<Result> Handle(ChangePasswordCommand request, CancellationToken cancellationToken) =>
        reauthentication.ConfirmPasswordAsync(
            request.CurrentPassword,
            account => ChangeAsync(account, request, cancellationToken),
            cancellationToken
        );

    private async Task<Result> ChangeAsync(
        Credentials verified,
        ChangePasswordCommand request,
        CancellationToken cancellationToken
    )
    {
        if (verified.IsGuest)
        {
            return GuestErrors.NotRegistered;
        }

        var accepted = await policy.CheckAsync(
            request.NewPassword,
            verified.Username,
            verified.Email ?? "",
            request.CurrentPassword,
            cancellationToken
        );
        if (!accepted.IsSuccess)
        {
            return accepted.Error;
        }

        // After a reauthentication the old password is not there to compare with, but its hash is.
        if (request.CurrentPassword is null && verified.PasswordHash is { } old)
        {
            var same = await hashing.VerifyAsync(old, request.NewPassword, cancellationToken);
            if (!same.IsSuccess)
            {
                return same.Error;
            }

            if (same.Value != PasswordVerification.Failed)
            {
                return AccountErrors.PasswordRejectedFor(PasswordReasons.SameAsOld);
            }
        }

        var hash = await hashing.HashAsync(request.NewPassword, cancellationToken);
        if (!hash.IsSuccess)
        {
            return hash.Error;
        }

        if (await accounts.FindAsync(verified.UserId, cancellationToken) is not { } account)
        {
            return AuthErrors.ReauthenticationFailed;
        }

        // Also an address that is requested at this moment.
        tokens.WithdrawRequests(account.Id, account.Address);
        account.ChangePassword(hash.Value);
        revocation.RevokeAll(account.Id, SessionEnd.PasswordChanged, exceptId: currentUser.SessionId);
        challengeTokens.Withdraw(account.Id);
        var now = clock.Now();
        outbox.Add(AccountMails.PasswordChanged(account.Id, now));
        audit.Record(AuditEventType.PasswordChanged);
        return await unitOfWork.SaveChangesAsync(cancellationToken);
    }
}

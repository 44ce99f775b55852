using Fitnessify.Application.Accounts;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using MediatR;

namespace Fitnessify.Application.Auth;

/// <summary>Replaces a forgotten password with the token that was mailed, and signs all devices out.</summary>
/// <param name="Email">Where the token was sent.</param>
/// <param name="Token">From the link.</param>
/// <param name="NewPassword">See the password policy.</param>
public sealed record ResetPasswordCommand(string Email, string Token, string NewPassword) : IRequest<Result>
{
    /// <summary>Where the token was sent.</summary>
    public string Email { get; } = PastedText.OneLine(Email);
}

internal sealed class ResetPasswordValidator : RequestValidator<ResetPasswordCommand>
{
    public ResetPasswordValidator()
    {
        RuleFor(command => command.Email).Email();
        RuleFor(command => command.Token).Token();
        RuleFor(command => command.NewPassword).Password();
    }
}

internal sealed class ResetPasswordHandler(
    IAccountTokens tokens,
    NewPasswords passwords,
    PasswordReset reset,
    IAccountRepository accounts,
    TimeProvider clock
) : IRequestHandler<ResetPasswordCommand, Result>
{
    public async Task<Result> Handle(ResetPasswordCommand request, CancellationToken cancellationToken)
    {
        var claim = await tokens.RedeemAsync(
            AccountTokenPurpose.ResetPassword,
            request.Token,
            clock.Now(),
            cancellationToken
        );
        if (
            claim is null
            || !claim.Address.Equals(request.Email, StringComparison.OrdinalIgnoreCase)
            || await accounts.FindCredentialsAsync(claim.UserId, cancellationToken) is not { IsDisabled: false } account
            || claim.Address != account.Email
        )
        {
            return AuthErrors.TokenInvalidOrExpired;
        }

        // The token is used up with the save: a password that is refused leaves it for another try.
        var hash = await passwords.HashAsync(request.NewPassword, account.Username, claim.Address, cancellationToken);
        return hash.IsSuccess
            ? await reset.SaveAsync(account, claim.Address, hash.Value, cancellationToken)
            : hash.Error;
    }
}

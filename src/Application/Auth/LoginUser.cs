using Fitnessify.Application.Accounts;
using Fitnessify.Application.Common;
using Fitnessify.Application.Sessions;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using FluentValidation;
using MediatR;

namespace Fitnessify.Application.Auth;

/// <summary>Sign in on a device.</summary>
/// <param name="Login">Username or e-mail address, in any case.</param>
/// <param name="Password">The password.</param>
/// <param name="Device">What to call this device in the list of sessions.</param>
/// <param name="DeviceToken">
/// The last refresh token that this device had, also of a session that has ended: then wrong passwords of strangers do not keep
/// it from signing in. It signs nobody in by itself.
/// </param>
/// <param name="GuestToken">
/// The refresh token of the guest that this device has been: the sign-in makes what the guest has the account's.
/// </param>
public sealed record LoginUserCommand(
    string Login,
    string Password,
    string? Device = null,
    string? DeviceToken = null,
    string? GuestToken = null
) : IRequest<Result<TokensDto>>
{
    /// <summary>Username or e-mail address, in any case.</summary>
    public string Login { get; } = PastedText.OneLine(Login);

    /// <summary>What to call this device in the list of sessions.</summary>
    public string? Device { get; } = PastedText.Name(Device);
}

internal sealed class LoginUserValidator : RequestValidator<LoginUserCommand>
{
    public LoginUserValidator()
    {
        RuleFor(command => command.Login).NotEmpty().MaximumLength(Account.EmailMaxLength).PlainText();
        RuleFor(command => command.Password).Password();
        RuleFor(command => command.DeviceToken).Token().When(command => command.DeviceToken is not null);
        RuleFor(command => command.GuestToken).Token().When(command => command.GuestToken is not null);
        RuleFor(command => command.Device).Device();
    }
}

internal sealed class LoginUserHandler(
    PasswordSignIn signIn,
    GuestTokens guests,
    MfaChallenge mfa,
    SessionStart start,
    SignInPolicy gate
) : IRequestHandler<LoginUserCommand, Result<TokensDto>>
{
    public async Task<Result<TokensDto>> Handle(LoginUserCommand request, CancellationToken cancellationToken)
    {
        var signedIn = await signIn.VerifyAsync(request, cancellationToken);
        if (!signedIn.IsSuccess)
        {
            return signedIn.Error;
        }

        var (account, device) = (signedIn.Value, request.Device);
        var guest = await guests.FindSessionAsync(request.GuestToken, cancellationToken);
        var outcome = account.MfaEnabled
            ? await mfa.SaveAsync(
                account,
                new MfaChallengeContent(device, GuestSessionId: guest?.Id),
                AuthErrors.InvalidCredentials,
                cancellationToken
            )
            : await start.SaveAsync(
                account,
                new SignIn(device, SignInMethod.Password, GuestSessionId: guest?.Id),
                AuthErrors.InvalidCredentials,
                cancellationToken
            );
        return outcome.Error == AuthErrors.InvalidCredentials
            ? await gate.RefuseAsync(account.UserId, outcome.Error, device, cancellationToken)
            : outcome;
    }
}

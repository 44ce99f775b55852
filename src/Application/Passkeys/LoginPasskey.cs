using Fitnessify.Application.Auth;
using Fitnessify.Application.Common;
using Fitnessify.Application.Sessions;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Passkeys;
using FluentValidation;
using MediatR;

namespace Fitnessify.Application.Passkeys;

/// <summary>Sign in on a device with a passkey. The authenticator has checked who holds it: no second factor is asked for.</summary>
/// <param name="ChallengeToken">From the first step.</param>
/// <param name="Credential">The answer of the authenticator.</param>
/// <param name="Device">What to call this device in the list of sessions.</param>
/// <param name="GuestToken">
/// The refresh token of the guest that this device has been: the sign-in makes what the guest has the account's.
/// </param>
public sealed record LoginPasskeyCommand(
    string ChallengeToken,
    IReadOnlyDictionary<string, object?> Credential,
    string? Device = null,
    string? GuestToken = null
) : IRequest<Result<TokensDto>>
{
    /// <summary>What to call this device in the list of sessions.</summary>
    public string? Device { get; } = PastedText.Name(Device);
}

internal sealed class LoginPasskeyValidator : RequestValidator<LoginPasskeyCommand>
{
    public LoginPasskeyValidator()
    {
        RuleFor(command => command.ChallengeToken).Token();
        RuleFor(command => command.Credential).NotEmpty();
        RuleFor(command => command.Device).Device();
        RuleFor(command => command.GuestToken).Token().When(command => command.GuestToken is not null);
    }
}

internal sealed class LoginPasskeyHandler(
    IPasskeys passkeys,
    IChallengeTokens challengeTokens,
    IAccountRepository accounts,
    SignInPolicy policy,
    GuestTokens guests,
    SessionStart sessionStart,
    TimeProvider clock
) : IRequestHandler<LoginPasskeyCommand, Result<TokensDto>>
{
    public async Task<Result<TokensDto>> Handle(LoginPasskeyCommand request, CancellationToken cancellationToken)
    {
        var challengeToken = challengeTokens.Read(ChallengePurpose.PasskeyLogin, request.ChallengeToken, clock.Now());
        var passkey = challengeToken is null
            ? null
            : await passkeys.VerifyAsync(
                challengeToken.Content!,
                PasskeyCredential.ToJson(request.Credential),
                cancellationToken
            );
        if (
            passkey is null
            || !await passkeys.UseAsync(passkey, cancellationToken)
            || await accounts.FindCredentialsAsync(passkey.UserId, cancellationToken) is not { } account
        )
        {
            return await policy.RefuseAsync(null, PasskeyErrors.PasskeyInvalid, request.Device, cancellationToken);
        }

        challengeTokens.Use(challengeToken!);
        if (policy.WhyNot(account) is { } refusal)
        {
            return await policy.RefuseAsync(account.UserId, refusal, request.Device, cancellationToken);
        }

        var guest = await guests.FindSessionAsync(request.GuestToken, cancellationToken);
        var outcome = await sessionStart.SaveAsync(
            account,
            new SignIn(request.Device, SignInMethod.Passkey, GuestSessionId: guest?.Id),
            PasskeyErrors.PasskeyInvalid,
            cancellationToken
        );
        return outcome.Error == PasskeyErrors.PasskeyInvalid
            ? await policy.RefuseAsync(account.UserId, outcome.Error, request.Device, cancellationToken)
            : outcome;
    }
}

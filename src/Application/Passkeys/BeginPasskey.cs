using Fitnessify.Application.Accounts;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Guests;
using Fitnessify.Domain.Passkeys;
using FluentValidation;
using MediatR;

namespace Fitnessify.Application.Passkeys;

/// <summary>The first step to another passkey: what to ask the authenticator.</summary>
/// <param name="Password">Asked for again; null within five minutes after a reauthentication of the session.</param>
/// <param name="Code">With the second factor on: six digits from the app; or else a recovery code.</param>
/// <param name="RecoveryCode">In place of a code.</param>
/// <param name="Username">Only for a guest, who becomes a member with the passkey: the username, which the authenticator shows.</param>
public sealed record BeginPasskeyCommand(
    string? Password = null,
    string? Code = null,
    string? RecoveryCode = null,
    string? Username = null
) : IRequest<Result<PasskeyChallengeDto>>, IReauthenticated
{
    /// <summary>With the second factor on: six digits from the app; or else a recovery code.</summary>
    public string? Code { get; } = MfaCodeInput.Read(Code);

    /// <summary>In place of a code.</summary>
    public string? RecoveryCode { get; } = MfaCodeInput.ReadRecovery(RecoveryCode);

    /// <summary>Only for a guest, who becomes a member with the passkey: the username, which the authenticator shows.</summary>
    public string? Username { get; } = Username is null ? null : PastedText.OneLine(Username);
}

internal sealed class BeginPasskeyValidator : RequestValidator<BeginPasskeyCommand>
{
    public BeginPasskeyValidator()
    {
        this.Reauthentication();
        RuleFor(command => command.Username).Username().When(command => command.Username is not null);
    }
}

internal sealed class BeginPasskeyHandler(
    Reauthentication reauthentication,
    IAccountRepository accounts,
    IPasskeys passkeys,
    IChallengeTokens challengeTokens,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<BeginPasskeyCommand, Result<PasskeyChallengeDto>>
{
    public Task<Result<PasskeyChallengeDto>> Handle(BeginPasskeyCommand request, CancellationToken cancellationToken)
    {
        return reauthentication.ConfirmAsync(request, BeginAsync, cancellationToken);

        async Task<Result<PasskeyChallengeDto>> BeginAsync(Credentials account)
        {
            if (await WhyNotAsync(account) is { } refusal)
            {
                return refusal;
            }

            var (id, username) = (account.UserId, request.Username ?? account.Username);
            var challenge = await passkeys.AskForNewAsync(id, username, cancellationToken);
            var challengeDto = PasskeyChallengeDto.From(
                challenge,
                ChallengePurpose.NewPasskey,
                id,
                challengeTokens,
                clock,
                new NewPasskeyContent(challenge.State, request.Username).ToString()
            );
            return (await unitOfWork.SaveChangesAsync(cancellationToken)).Then(() => challengeDto);
        }

        // That the username is taken counts when the passkey is added; by then, the authenticator has stored it.
        async Task<Error?> WhyNotAsync(Credentials account) =>
            account.IsGuest && request.Username is null ? GuestErrors.UsernameRequired
            : request.Username is not { } username ? null
            : !account.IsGuest ? GuestErrors.AlreadyMember
            : await accounts.FindCredentialsAsync(username, cancellationToken) is null ? null
            : AccountErrors.UsernameTaken;
    }
}

using Fitnessify.Application.Accounts;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Passkeys;
using MediatR;

namespace Fitnessify.Application.Passkeys;

/// <summary>The first step to another passkey: what to ask the authenticator.</summary>
/// <param name="Password">Asked for again; null within five minutes after a reauthentication of the session.</param>
/// <param name="Code">With the second factor on: six digits from the app; or else a recovery code.</param>
/// <param name="RecoveryCode">In place of a code.</param>
public sealed record BeginPasskeyCommand(string? Password = null, string? Code = null, string? RecoveryCode = null)
    : IRequest<Result<PasskeyChallengeDto>>,
        IReauthenticated
{
    /// <summary>With the second factor on: six digits from the app; or else a recovery code.</summary>
    public string? Code { get; } = MfaCodeInput.Read(Code);

    /// <summary>In place of a code.</summary>
    public string? RecoveryCode { get; } = MfaCodeInput.ReadRecovery(RecoveryCode);
}

internal sealed class BeginPasskeyValidator : RequestValidator<BeginPasskeyCommand>
{
    public BeginPasskeyValidator() => this.Reauthentication();
}

internal sealed class BeginPasskeyHandler(
    Reauthentication reauthentication,
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
            var (id, username) = (account.UserId, account.Username);
            var challenge = await passkeys.AskForNewAsync(id, username, cancellationToken);
            var challengeDto = PasskeyChallengeDto.From(
                challenge,
                ChallengePurpose.NewPasskey,
                id,
                challengeTokens,
                clock
            );
            return (await unitOfWork.SaveChangesAsync(cancellationToken)).Then(() => challengeDto);
        }
    }
}

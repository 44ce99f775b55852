using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Passkeys;
using MediatR;

namespace Fitnessify.Application.Passkeys;

/// <summary>Begins a sign-in with a passkey. The challenge reveals nothing about any account.</summary>
public sealed record BeginPasskeyLoginCommand : IRequest<Result<PasskeyChallengeDto>>;

internal sealed class BeginPasskeyLoginHandler(
    IPasskeys passkeys,
    IChallengeTokens challengeTokens,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<BeginPasskeyLoginCommand, Result<PasskeyChallengeDto>>
{
    public async Task<Result<PasskeyChallengeDto>> Handle(
        BeginPasskeyLoginCommand request,
        CancellationToken cancellationToken
    )
    {
        var challenge = await passkeys.AskToSignInAsync(userId: null, cancellationToken);
        var challengeDto = PasskeyChallengeDto.From(
            challenge,
            ChallengePurpose.PasskeyLogin,
            null,
            challengeTokens,
            clock
        );
        return (await unitOfWork.SaveChangesAsync(cancellationToken)).Then(() => challengeDto);
    }
}

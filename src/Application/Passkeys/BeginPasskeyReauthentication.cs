using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Passkeys;
using MediatR;

namespace Fitnessify.Application.Passkeys;

/// <summary>Begins a reauthentication with one of the passkeys of the current user.</summary>
public sealed record BeginPasskeyReauthenticationCommand : IRequest<Result<PasskeyChallengeDto>>;

internal sealed class BeginPasskeyReauthenticationHandler(
    ICurrentUser currentUser,
    IPasskeys passkeys,
    IChallengeTokens challengeTokens,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<BeginPasskeyReauthenticationCommand, Result<PasskeyChallengeDto>>
{
    public async Task<Result<PasskeyChallengeDto>> Handle(
        BeginPasskeyReauthenticationCommand request,
        CancellationToken cancellationToken
    )
    {
        var challenge = await passkeys.AskToSignInAsync(currentUser.Id, cancellationToken);
        var challengeDto = PasskeyChallengeDto.From(
            challenge,
            ChallengePurpose.PasskeyReauthentication,
            currentUser.Id,
            challengeTokens,
            clock
        );
        return (await unitOfWork.SaveChangesAsync(cancellationToken)).Then(() => challengeDto);
    }
}

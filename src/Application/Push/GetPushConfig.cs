using Fitnessify.Domain.Common;
using Fitnessify.Domain.Push;
using MediatR;

namespace Fitnessify.Application.Push;

/// <summary>Says which services the server is configured for.</summary>
public sealed record GetPushConfigQuery : IRequest<Result<PushConfigDto>>;

internal sealed class GetPushConfigHandler(IPushPlatforms platforms)
    : IRequestHandler<GetPushConfigQuery, Result<PushConfigDto>>
{
    public async Task<Result<PushConfigDto>> Handle(GetPushConfigQuery request, CancellationToken cancellationToken) =>
        new PushConfigDto(
            platforms.IsConfigured(PushPlatform.WebPush)
                ? await platforms.ReadWebPushPublicKeyAsync(cancellationToken)
                : null,
            platforms.IsConfigured(PushPlatform.Fcm),
            platforms.IsConfigured(PushPlatform.Apns)
        );
}

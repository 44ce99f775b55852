using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Push;
using MediatR;

namespace Fitnessify.Application.Push;

/// <summary>Sends a device a message, so that the user sees that messages arrive.</summary>
/// <param name="Id">The device.</param>
public sealed record TestDeviceCommand(Guid Id) : IRequest<Result>;

internal sealed class TestDeviceHandler(
    ICurrentUser currentUser,
    IPushPlatforms platforms,
    IDeviceRepository devices,
    IPushDeliveries deliveries,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<TestDeviceCommand, Result>
{
    public async Task<Result> Handle(TestDeviceCommand request, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        if (await devices.FindAsync(currentUser.Id, request.Id, now, cancellationToken) is not { } device)
        {
            return CommonErrors.NotFound;
        }

        if (!platforms.IsConfigured(device.Platform))
        {
            return PushErrors.PushNotConfigured;
        }

        deliveries.PutTest(PushDelivery.Test(device, now));
        return await unitOfWork.SaveChangesAsync(cancellationToken);
    }
}

using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Push;
using MediatR;

namespace Fitnessify.Application.Push;

/// <summary>Removes a device, which receives nothing any more. Its session goes on.</summary>
/// <param name="Id">The device.</param>
public sealed record RemoveDeviceCommand(Guid Id) : IRequest<Result>;

internal sealed class RemoveDeviceHandler(
    ICurrentUser currentUser,
    IDeviceRepository devices,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<RemoveDeviceCommand, Result>
{
    public async Task<Result> Handle(RemoveDeviceCommand request, CancellationToken cancellationToken)
    {
        if (await devices.FindAsync(currentUser.Id, request.Id, clock.Now(), cancellationToken) is not { } device)
        {
            return CommonErrors.NotFound;
        }

        devices.Remove(device);
        return await unitOfWork.SaveChangesAsync(cancellationToken);
    }
}

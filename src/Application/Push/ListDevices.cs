using AutoMapper;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Push;
using MediatR;

namespace Fitnessify.Application.Push;

/// <summary>Lists the devices of the current user, the latest seen first, on one page because their number is limited.</summary>
public sealed record ListDevicesQuery : IRequest<Result<PageDto<DeviceDto>>>;

internal sealed class ListDevicesHandler(
    ICurrentUser currentUser,
    IDeviceRepository devices,
    IMapper mapper,
    TimeProvider clock
) : IRequestHandler<ListDevicesQuery, Result<PageDto<DeviceDto>>>
{
    public async Task<Result<PageDto<DeviceDto>>> Handle(ListDevicesQuery request, CancellationToken cancellationToken)
    {
        var owned = await devices.ListAsync(currentUser.Id, clock.Now(), cancellationToken);
        return new PageDto<DeviceDto>([.. owned.Select(mapper.Map<DeviceDto>)], null);
    }
}

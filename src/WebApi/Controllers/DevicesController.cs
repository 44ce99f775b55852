using Fitnessify.Application.Common;
using Fitnessify.Application.Push;
using Fitnessify.WebApi.Http.Errors;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Fitnessify.WebApi.Controllers;

/// <summary>The devices that are notified while the app is closed.</summary>
[Route("api/v1/users/me/devices")]
public sealed class DevicesController(IMediator sender) : ApiController(sender)
{
    /// <summary>What an app can register for.</summary>
    [HttpGet("/api/v1/push/config")]
    [AllowAnonymous]
    [ProducesResponseType<PushConfigDto>(StatusCodes.Status200OK)]
    public async Task<ActionResult<PushConfigDto>> GetConfig(CancellationToken cancellationToken) =>
        Respond(await Sender.Send(new GetPushConfigQuery(), cancellationToken), Ok);

    /// <summary>The own devices, the latest seen first, all on one page.</summary>
    [HttpGet]
    [ProducesResponseType<PageDto<DeviceDto>>(StatusCodes.Status200OK)]
    public async Task<ActionResult<PageDto<DeviceDto>>> List(CancellationToken cancellationToken) =>
        Respond(await Sender.Send(new ListDevicesQuery(), cancellationToken), Ok);

    /// <summary>Registers the device of this session, or replaces what it has registered before. Again does no harm.</summary>
    /// <remarks>
    /// A device belongs to the session that has put it last, and goes with it. An endpoint or a token belongs to one device: put
    /// under another id or by another user, it moves there, and the former device is removed. There are at most 20 devices;
    /// beyond that the one that was not seen for longest is removed. An endpoint that is not on an allowed host is
    /// <c>not_allowed</c>. <c>state_conflict</c> when others put the same device or address all the time.
    /// </remarks>
    /// <param name="deviceId">UUID, chosen by the client.</param>
    /// <param name="body">Where and how the device is notified.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    [HttpPut("{deviceId:guid}")]
    [ProducesResponseType<DeviceDto>(StatusCodes.Status200OK)]
    [ProducesResponseType<DeviceDto>(StatusCodes.Status201Created)]
    [Fails("push_not_configured", "state_conflict")]
    public async Task<ActionResult<DeviceDto>> Put(
        Guid deviceId,
        [FromBody] DeviceInput body,
        CancellationToken cancellationToken
    ) =>
        Respond(
            await Sender.Send(new PutDeviceCommand(deviceId, body), cancellationToken),
            put => put.IsNew ? Created("/api/v1/users/me/devices", put.Device) : Ok(put.Device)
        );

    /// <summary>Removes a device: it receives nothing any more. Its session goes on.</summary>
    /// <param name="deviceId">The device.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    [HttpDelete("{deviceId:guid}")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [Fails("not_found")]
    public async Task<ActionResult> Remove(Guid deviceId, CancellationToken cancellationToken) =>
        Respond(await Sender.Send(new RemoveDeviceCommand(deviceId), cancellationToken));

    /// <summary>Sends the device a message, within seconds and also in quiet hours.</summary>
    /// <param name="deviceId">The device.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    [HttpPost("{deviceId:guid}/test")]
    [ProducesResponseType(StatusCodes.Status202Accepted)]
    [Fails("not_found", "push_not_configured")]
    public async Task<ActionResult> Test(Guid deviceId, CancellationToken cancellationToken) =>
        RespondAccepted(await Sender.Send(new TestDeviceCommand(deviceId), cancellationToken));
}

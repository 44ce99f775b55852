using AutoMapper;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Push;
using MediatR;

namespace Fitnessify.Application.Push;

/// <summary>Registers the device of the current session for notifications, or replaces what it has registered before.</summary>
/// <param name="Id">The UUID that the app has chosen.</param>
/// <param name="Body">What the app has sent.</param>
public sealed record PutDeviceCommand(Guid Id, DeviceInput Body) : IRequest<Result<RegisteredDevice>>;

internal sealed class PutDeviceValidator : RequestValidator<PutDeviceCommand>
{
    public PutDeviceValidator() => RuleFor(command => command.Body).SetValidator(new DeviceInputValidator());
}

internal sealed class PutDeviceHandler(
    ICurrentUser currentUser,
    IPushPlatforms platforms,
    IDeviceRepository devices,
    ICredentialGuard guard,
    IUnitOfWork unitOfWork,
    IMapper mapper,
    TimeProvider clock
) : IRequestHandler<PutDeviceCommand, Result<RegisteredDevice>>
{
    // Another request may put the same device or address at the same moment.
    private const int MaxAttempts = 3;

    public async Task<Result<RegisteredDevice>> Handle(PutDeviceCommand request, CancellationToken cancellationToken)
    {
        var body = request.Body;
        var platform = body.Platform!.Value;
        if (!platforms.IsConfigured(platform))
        {
            return PushErrors.PushNotConfigured;
        }

        if (body.Endpoint is { } endpoint && !platforms.AllowsEndpoint(endpoint))
        {
            return PushErrors.EndpointNotAllowed;
        }

        var address = body.Endpoint is null
            ? new PushAddress(platform, body.Token!, null)
            : new PushAddress(platform, body.Endpoint, new WebPushKeys(Trim(body.P256dh!), Trim(body.Auth!)));
        var registration = new DeviceRegistration(address, body.Locale, body.Preview);
        for (var attempt = 1; ; attempt++)
        {
            var put = await PutAsync(request.Id, registration, cancellationToken);
            if (put.IsSuccess || put.Error != PushErrors.DeviceChanged || attempt == MaxAttempts)
            {
                return put;
            }
        }
    }

    private async Task<Result<RegisteredDevice>> PutAsync(
        Guid id,
        DeviceRegistration registration,
        CancellationToken cancellationToken
    )
    {
        var (userId, sessionId, now) = (currentUser.Id, currentUser.SessionId, clock.Now());
        var known = await devices.FindAsync(userId, id, now, cancellationToken);
        known?.Renew(sessionId, registration, now);
        var device = known ?? Device.Register(userId, id, sessionId, registration, now);
        guard.RequireLive(userId, sessionId);
        devices.Put(device, now);
        var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
        return saved.Then(() => new RegisteredDevice(mapper.Map<DeviceDto>(device), known is null));
    }

    // RFC 7515, 2: base64url has no padding; some libraries add it.
    private static string Trim(string key) => key.TrimEnd('=');
}

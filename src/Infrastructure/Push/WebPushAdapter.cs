using System.Net;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Push;
using Lib.Net.Http.WebPush;
using EncryptedMessage = Lib.Net.Http.WebPush.PushMessage;
using PushMessage = Fitnessify.Domain.Push.PushMessage;

namespace Fitnessify.Infrastructure.Push;

/// <summary>Sends messages to the push services of browsers (RFC 8030), encrypted for the device (RFC 8291).</summary>
internal sealed class WebPushAdapter(
    PushHosts hosts,
    WebPushAuthentication authentication,
    IHttpClientFactory http,
    TimeProvider clock
) : IPushAdapter
{
    /// <summary>The name of the HTTP client.</summary>
    public const string ClientName = "Push:WebPush";

    public PushPlatform Platform => PushPlatform.WebPush;

    public async Task<PushOutcome> SendAsync(Device device, PushMessage message, CancellationToken cancellationToken)
    {
        // The setting may have changed since the device was registered.
        if (!hosts.Allows(device.Address))
        {
            return PushOutcome.Refused("host not allowed");
        }

        using var client = http.CreateClient(ClientName);
        // The job that sends waits for no single message, whatever a push service asks for.
        var service = new PushServiceClient(client) { AutoRetryAfter = false };
        try
        {
            await service.RequestPushMessageDeliveryAsync(
                Address(device),
                Write(message),
                await authentication.GetAsync(device.Address, cancellationToken),
                cancellationToken
            );
            return PushOutcome.Sent;
        }
        catch (PushServiceClientException answer)
        {
            return Read(answer.StatusCode, answer.Headers.RetryAfter(clock.Now()));
        }
    }

    private static PushSubscription Address(Device device)
    {
        var subscription = new PushSubscription { Endpoint = device.Address };
        subscription.SetKey(PushEncryptionKeyName.P256DH, device.P256dh);
        subscription.SetKey(PushEncryptionKeyName.Auth, device.Auth);
        return subscription;
    }

    private EncryptedMessage Write(PushMessage message) =>
        new(new ByteArrayContent(WebPushPayload.Write(message)))
        {
            // A message that waits for the device is replaced by one with the same topic (RFC 8030, 5.4).
            Topic = message.CollapseId,
            TimeToLive = Math.Max(0, (int)(message.ExpiresAt - clock.Now()).TotalSeconds),
            // A sleeping device need not wake for what shows nothing (RFC 8030, 5.3).
            Urgency = message.IsSilent ? PushMessageUrgency.Normal : PushMessageUrgency.High,
        };

    private static PushOutcome Read(HttpStatusCode status, TimeSpan? retryAfter)
    {
        var reason = $"{(int)status}";
        return status switch
        {
            // The library knows three of the codes that say yes; a service may choose another one.
            >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices => PushOutcome.Sent,
            // The subscription has ended (RFC 8030, 7.3), or never was.
            HttpStatusCode.NotFound or HttpStatusCode.Gone => PushOutcome.Dead(reason),
            // The same message would be refused again: it is malformed or too large.
            HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge => PushOutcome.Refused(reason),
            // 401 and 403 are no fault of the message: the clock of this server may be wrong, or the contact, and an operator
            // can correct that. Redirects are never followed. Overload, outages and whatever else it may be can pass.
            _ => PushOutcome.Failed(reason, retryAfter),
        };
    }
}

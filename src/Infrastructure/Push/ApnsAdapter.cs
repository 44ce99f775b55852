using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Push;

namespace Fitnessify.Infrastructure.Push;

/// <summary>
/// Sends messages by APNs
/// (https://developer.apple.com/documentation/usernotifications/sending-notification-requests-to-apns).
/// </summary>
internal sealed class ApnsAdapter(Uri url, string topic, ApnsTokens tokens, IHttpClientFactory http, TimeProvider clock)
    : IPushAdapter
{
    /// <summary>The name of the HTTP client.</summary>
    public const string ClientName = "Push:Apns";

    private readonly string _deviceUrl = $"{url.AbsoluteUri.TrimEnd('/')}/3/device/";

    public PushPlatform Platform => PushPlatform.Apns;

    public async Task<PushOutcome> SendAsync(Device device, PushMessage message, CancellationToken cancellationToken)
    {
        var token = tokens.Get();
        using var client = http.CreateClient(ClientName);
        using var request = Write(device, message, token);
        using var answer = await client.SendAsync(request, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.OK)
        {
            return PushOutcome.Sent;
        }

        var refusal = ApnsReasons.Read(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
        if (refusal.Reason is ApnsReasons.ExpiredProviderToken or ApnsReasons.InvalidProviderToken)
        {
            tokens.Forget(token);
        }

        // A token can become valid again: the app is installed anew, or comes back from a backup. Apple says since when it has not
        // been valid, and if the app has put it after that, the device is alive and Apple will know it soon.
        var result = refusal.InvalidSince < device.LastSeenAt ? PushOutcomeKind.Failed : refusal.Effect;
        return new PushOutcome(
            result,
            refusal.Reason is { } reason ? $"{(int)answer.StatusCode} {reason}" : $"{(int)answer.StatusCode}",
            result == PushOutcomeKind.Failed ? answer.Headers.RetryAfter(clock.Now()) : null
        );
    }

    private HttpRequestMessage Write(Device device, PushMessage message, string token)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, _deviceUrl + Uri.EscapeDataString(device.Address))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(ApnsPayload.Write(message)),
        };
        var headers = request.Headers;
        headers.Authorization = new AuthenticationHeaderValue("bearer", token);
        headers.Add("apns-topic", topic);
        headers.Add("apns-push-type", message.IsSilent ? "background" : "alert");
        headers.Add("apns-priority", message.IsSilent ? "5" : "10");
        headers.Add("apns-expiration", message.ExpiresAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        headers.Add("apns-collapse-id", message.CollapseId);
        if (!message.IsSilent)
        {
            // By this id, an operator finds the notification in Apple's log of deliveries; a retry is the same notification. What
            // takes it back is another one, for which Apple makes an id.
            headers.Add("apns-id", $"{message.Id}");
        }

        return request;
    }
}

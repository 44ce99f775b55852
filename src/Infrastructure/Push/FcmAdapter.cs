using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Push;
using Fitnessify.Infrastructure.Common;

namespace Fitnessify.Infrastructure.Push;

/// <summary>
/// Sends messages by FCM (https://firebase.google.com/docs/reference/fcm/rest/v1/projects.messages). They hold data only: the
/// app itself shows or takes back the notification, in its own language, under the id of the message. What FCM shows by itself
/// while the app is closed could not be taken back. Apps on iOS register with APNs instead, where this is not so.
/// </summary>
internal sealed class FcmAdapter(
    Uri url,
    string projectId,
    OAuthTokens tokens,
    IHttpClientFactory http,
    TimeProvider clock
) : IPushAdapter
{
    /// <summary>The name of the HTTP client.</summary>
    public const string ClientName = "Push:Fcm";

    // https://firebase.google.com/docs/cloud-messaging/scale-fcm asks for this pause if a 429 has none.
    private static readonly TimeSpan QuotaPause = TimeSpan.FromMinutes(1);

    private readonly string _sendUrl =
        $"{url.AbsoluteUri.TrimEnd('/')}/v1/projects/{Uri.EscapeDataString(projectId)}/messages:send";

    public PushPlatform Platform => PushPlatform.Fcm;

    public async Task<PushOutcome> SendAsync(Device device, PushMessage message, CancellationToken cancellationToken)
    {
        string token;
        try
        {
            token = await tokens.GetAsync(cancellationToken);
        }
        catch (OAuthException exception)
        {
            return PushOutcome.Failed(exception.Message);
        }

        using var client = http.CreateClient(ClientName);
        using var request = new HttpRequestMessage(HttpMethod.Post, _sendUrl)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(Write(device.Address, message, clock.Now())),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await client.SendAsync(request, cancellationToken);
        if (answer.IsSuccessStatusCode)
        {
            return PushOutcome.Sent;
        }

        var code = FcmErrors.ReadCode(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
        if (answer.StatusCode == HttpStatusCode.Unauthorized && code != FcmErrors.ThirdPartyAuthError)
        {
            tokens.Forget(token);
        }

        return Explain(answer, code);
    }

    private PushOutcome Explain(HttpResponseMessage answer, string? code)
    {
        var reason = code is null ? $"{(int)answer.StatusCode}" : $"{(int)answer.StatusCode} {code}";
        return (answer.StatusCode, code) switch
        {
            // A 404 without this code means the project: the devices are alive.
            (HttpStatusCode.NotFound, FcmErrors.Unregistered) => PushOutcome.Dead(reason),
            (HttpStatusCode.BadRequest, FcmErrors.InvalidArgument) => PushOutcome.Refused(reason),
            (HttpStatusCode.Forbidden, FcmErrors.SenderIdMismatch) => PushOutcome.Refused(reason),
            (HttpStatusCode.TooManyRequests, _) => PushOutcome.Failed(
                reason,
                answer.Headers.RetryAfter(clock.Now()) ?? QuotaPause
            ),
            _ => PushOutcome.Failed(reason, answer.Headers.RetryAfter(clock.Now())),
        };
    }

    private static byte[] Write(string token, PushMessage message, DateTimeOffset now)
    {
        Dictionary<string, string> data = new() { ["id"] = $"{message.Id}", ["type"] = message.TypeName };
        if (message.TaskId is { } taskId)
        {
            data["taskId"] = $"{taskId}";
        }

        if (message.Title is { } title)
        {
            data["title"] = title;
        }

        var seconds = Math.Max(0, (long)(message.ExpiresAt - now).TotalSeconds);
        return JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                message = new
                {
                    token,
                    data,
                    android = new
                    {
                        collapse_key = message.CollapseId,
                        // FCM lowers the priority of an app whose messages of high priority show nothing.
                        priority = message.IsSilent ? "NORMAL" : "HIGH",
                        ttl = string.Create(CultureInfo.InvariantCulture, $"{seconds}s"),
                    },
                },
            }
        );
    }
}

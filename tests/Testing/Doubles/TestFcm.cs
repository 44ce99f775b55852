using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Fitnessify.Testing;

/// <summary>
/// Firebase Cloud Messaging on this machine, with one project and its token endpoint. It accepts what the server is meant to
/// send, data messages for Android, and refuses everything else.
/// </summary>
internal sealed partial class TestFcm : IAsyncDisposable
{
    public const string ProjectId = "fitnessify-test";

    // Google counts the names and the values.
    private const int MaxDataBytes = 4096;

    private static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(28);

    private readonly WebApplication _server;
    private readonly string _accountPath;

    private TestFcm(WebApplication server, TimeProvider clock, string accountPath)
    {
        (_server, Url, _accountPath) = (server, server.Urls.First(), accountPath);
        Tokens = new TestFcmTokens($"{server.Urls.Last()}/token", clock);
        File.WriteAllText(accountPath, JsonSerializer.Serialize(Account));
    }

    /// <summary>Gets the URL, which is http.</summary>
    public string Url { get; }

    public TestFcmTokens Tokens { get; }

    /// <summary>Gets the messages that were accepted.</summary>
    public PushedMessages Messages { get; } = new();

    /// <summary>Gets or sets what happens to a message for the device with this token; null if nothing special does.</summary>
    public Func<string, TestPushFault?> Fault { get; set; } = _ => null;

    /// <summary>Gets the content of the key file.</summary>
    public Dictionary<string, string> Account =>
        new()
        {
            ["type"] = "service_account",
            ["project_id"] = ProjectId,
            ["private_key_id"] = TestFcmTokens.Key.Kid,
            ["private_key"] = TestFcmTokens.Key.PrivatePem(),
            ["client_email"] = TestFcmTokens.Email,
            ["token_uri"] = Tokens.Url,
        };

    /// <summary>Gets the settings that make a server use it.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Settings =>
        [new("Push:Fcm:ServiceAccountPath", _accountPath), new("Push:Fcm:Url", Url)];

    /// <summary>Gets the same settings as arguments of the command line.</summary>
    public IReadOnlyList<string> Arguments => [.. Settings.Select(setting => $"--{setting.Key}={setting.Value}")];

    /// <summary>Starts the service.</summary>
    /// <param name="clock">The clock of the tokens, or that of the machine.</param>
    /// <param name="accountPath">The key file, which goes with the service; by default, one with a new name.</param>
    public static async Task<TestFcm> StartAsync(TimeProvider? clock = null, string? accountPath = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            // Without TLS, a port speaks either HTTP/2, as FCM does, or HTTP/1.1, by which tokens are asked for.
            kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http2);
            kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http1);
        });
        var server = builder.Build();
        TestFcm? fcm = null;
        server.MapPost("/token", (HttpContext context) => fcm!.Tokens.AnswerAsync(context));
        server.MapPost(
            "/v1/projects/{project}/messages:send",
            (HttpContext context, string project) => fcm!.AnswerAsync(context, project)
        );
        await server.StartAsync();
        var path = accountPath ?? Path.Combine(Path.GetTempPath(), $"fitnessify-{Guid.NewGuid():N}.json");
        return fcm = new TestFcm(server, clock ?? TimeProvider.System, path);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        File.Delete(_accountPath);
    }

    /// <summary>Answers with an error as FCM writes it.</summary>
    public static TestPushFault Error(int status, string? code, string? retryAfter = null)
    {
        // FCM's own codes are in the details, beside a general status.
        var general = code switch
        {
            "UNREGISTERED" => "NOT_FOUND",
            "SENDER_ID_MISMATCH" => "PERMISSION_DENIED",
            "QUOTA_EXCEEDED" => "RESOURCE_EXHAUSTED",
            "THIRD_PARTY_AUTH_ERROR" => "UNAUTHENTICATED",
            _ => code,
        };
        Dictionary<string, string?> detail = new()
        {
            ["@type"] = "type.googleapis.com/google.firebase.fcm.v1.FcmError",
            ["errorCode"] = code,
        };
        var error = new
        {
            code = status,
            message = "The request failed.",
            status = general,
            details = code == general ? [] : new[] { detail },
        };
        return TestPushFaults.Text(status, JsonSerializer.Serialize(new { error }), retryAfter);
    }

    private async Task AnswerAsync(HttpContext context, string project)
    {
        var message = Read(await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body), context.Request);
        var accept = () => AcceptAsync(context, project, message);
        await (Fault(message?.Device ?? "") is { } fault ? fault(context, accept) : accept());
    }

    private async Task AcceptAsync(HttpContext context, string project, PushedMessage? message)
    {
        var refusal =
            !Tokens.Accepts(context.Request.Headers.Authorization) ? Error(401, "UNAUTHENTICATED")
            : project != ProjectId ? Error(404, "NOT_FOUND")
            : message is null ? Error(400, "INVALID_ARGUMENT")
            : null;
        if (refusal is not null)
        {
            await refusal(context, () => Task.CompletedTask);
            return;
        }

        Messages.Add(message!);
        await context.Response.WriteAsJsonAsync(new { name = $"projects/{ProjectId}/messages/{Messages.All.Count}" });
    }

    private static PushedMessage? Read(JsonElement body, HttpRequest request)
    {
        try
        {
            var message = body.GetProperty("message");
            var android = message.GetProperty("android");
            var data = message
                .GetProperty("data")
                .EnumerateObject()
                .ToDictionary(member => member.Name, member => member.Value.GetString()!);
            var isDismissal = data["type"] == "dismiss";
            return
                Has(body, "message")
                && Has(message, "token", "data", "android")
                && Has(android, "collapse_key", "priority", "ttl")
                && data.Keys.All(name => name is "id" or "type" or "taskId" or "title")
                && data.Sum(pair => Encoding.UTF8.GetByteCount(pair.Key + pair.Value)) <= MaxDataBytes
                && android.GetProperty("priority").GetString() == (isDismissal ? "NORMAL" : "HIGH")
                && IsLifetime(android.GetProperty("ttl").GetString()!)
                && message.GetProperty("token").GetString() is { Length: > 0 } device
                ? new PushedMessage(
                    device,
                    data["id"],
                    data["type"],
                    data.GetValueOrDefault("taskId"),
                    data.GetValueOrDefault("title"),
                    android.GetProperty("collapse_key").GetString()!,
                    body,
                    request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString())
                )
                : null;
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private static bool Has(JsonElement element, params string[] names) =>
        element.EnumerateObject().Select(member => member.Name).Order().SequenceEqual(names.Order());

    private static bool IsLifetime(string text) =>
        Seconds().Match(text) is { Success: true } match
        && long.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) <= MaxLifetime.TotalSeconds;

    [GeneratedRegex(@"\A(\d{1,9})s\z")]
    private static partial Regex Seconds();
}

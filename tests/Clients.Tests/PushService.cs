using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Fitnessify.Clients.Tests;

/// <summary>The program that stands for the push service of a browser, which decrypts what it receives.</summary>
internal sealed partial class PushService : IDisposable
{
    private readonly Process _process;
    private readonly HttpClient _http;

    private PushService(Process process, string address) =>
        (_process, _http) = (process, new() { BaseAddress = new(address) });

    /// <summary>Gets the settings that make a server send to it.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    public static async Task<PushService> StartAsync()
    {
        var process = Process.Start(
            Programs.Start(
                Path.Combine("tools", "PushService"),
                "Fitnessify.PushService",
                "--urls",
                "http://127.0.0.1:0"
            )
        )!;
        var errors = process.StandardError.ReadToEndAsync();
        Dictionary<string, string> settings = [];
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Setting().Match(line) is { Success: true } setting)
            {
                settings[setting.Groups[1].Value] = setting.Groups[2].Value;
            }
            else if (ListensOn().Match(line) is { Success: true } address)
            {
                return new PushService(process, address.Groups[1].Value) { Settings = settings };
            }
        }

        throw new InvalidOperationException(await errors);
    }

    /// <summary>Subscribes another browser or app, to which only the server with this key may send.</summary>
    public async Task<(string Endpoint, string P256dh, string Auth)> SubscribeAsync(string applicationServerKey)
    {
        using var answer = await _http.PostAsync(
            new Uri($"subscriptions?applicationServerKey={applicationServerKey}", UriKind.Relative),
            null
        );
        var subscription = await answer.Content.ReadFromJsonAsync<JsonElement>();
        string Member(string name) => subscription.GetProperty(name).GetString()!;
        return (Member("endpoint"), Member("p256dh"), Member("auth"));
    }

    /// <summary>Returns the message with this number, beginning with 1, when it has arrived.</summary>
    public async Task<string> ReceiveAsync(string endpoint, int number)
    {
        var screen = await _http.GetFromJsonAsync<JsonElement>(
            new Uri($"subscriptions/{new Uri(endpoint).Segments[^1]}?received={number}", UriKind.Relative)
        );
        return screen.GetProperty("received")[number - 1].GetProperty("message").GetRawText();
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _http.Dispose();
    }

    [GeneratedRegex(@"listens on (http://\S+)\.$")]
    private static partial Regex ListensOn();

    [GeneratedRegex("^export (\\w+)='(.*)'$")]
    private static partial Regex Setting();
}

using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Fitnessify.Clients.Tests;

/// <summary>The program that stands for Google and Apple.</summary>
internal sealed partial class Issuer : IDisposable
{
    private readonly Process _process;
    private readonly HttpClient _http;
    private readonly string _folder;

    private Issuer(Process process, string address, string folder) =>
        (_process, _http, _folder) = (process, new() { BaseAddress = new(address) }, folder);

    /// <summary>Gets the settings that make a server trust it.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    public static async Task<Issuer> StartAsync()
    {
        var start = Programs.Start(
            Path.Combine("tools", "Issuer"),
            "Fitnessify.Issuer",
            "--urls",
            "http://127.0.0.1:0"
        );
        start.WorkingDirectory = Directory.CreateTempSubdirectory("fitnessify-").FullName;
        var process = Process.Start(start)!;
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
                return new Issuer(process, address.Groups[1].Value, start.WorkingDirectory) { Settings = settings };
            }
        }

        throw new InvalidOperationException(await errors);
    }

    /// <summary>Returns an ID token as after a sign-in that has just happened.</summary>
    public Task<string> TokenAsync(string provider, string subject, string email, string nonce) =>
        _http.GetStringAsync(new Uri($"{provider}/token?sub={subject}&email={email}&nonce={nonce}", UriKind.Relative));

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [GeneratedRegex(@"listen on (http://\S+)\.$")]
    private static partial Regex ListensOn();

    [GeneratedRegex("^export (\\w+)='(.*)'$")]
    private static partial Regex Setting();
}

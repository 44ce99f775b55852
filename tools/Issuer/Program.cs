using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fitnessify.Issuer;

/// <summary>
/// This program stands for Google, Apple and another OpenID Connect issuer, for developers who have no account there. It signs a
/// token for everyone who asks, so that it listens on this machine only.
/// </summary>
internal static class Program
{
    // The prefix keeps it from replacing a key that Apple has handed out.
    private const string KeyFile = "issuer-apple.p8";

    private static readonly string[] Providers = ["google", "apple", "example"];

    public static async Task<int> Main(string[] args)
    {
        if (
            args is not ["--urls", var text]
            || !Uri.TryCreate(text, UriKind.Absolute, out var url)
            || url.Scheme != Uri.UriSchemeHttp
            || !url.IsLoopback
        )
        {
            await Console.Error.WriteLineAsync("Use: --urls http://127.0.0.1:<port>, on this machine only.");
            return 2;
        }

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(text);
        await using var server = builder.Build();
        Dictionary<string, TestIssuer> issuers = [];
        foreach (var provider in Providers)
        {
            TestIssuer.Map(server, provider, () => issuers[provider]);
            Routes.Map(server.MapGroup(provider), () => issuers[provider]);
        }

        try
        {
            await server.StartAsync();
        }
        catch (IOException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }

        var address = server.Urls.Single();
        var keyPath = Path.GetFullPath(KeyFile);
        foreach (var provider in Providers)
        {
            issuers[provider] = new TestIssuer(provider, address, keyPath: keyPath);
        }

        Console.WriteLine("Start the server with these settings:");
        foreach (var (key, value) in issuers.Values.SelectMany(issuer => issuer.Settings))
        {
            Console.WriteLine($"export {key.Replace(":", "__", StringComparison.Ordinal)}='{value}'");
        }

        Console.WriteLine($"The issuers for development, which let anyone in, listen on {address}.");
        await server.WaitForShutdownAsync();
        foreach (var issuer in issuers.Values)
        {
            await issuer.DisposeAsync();
        }

        return 0;
    }
}

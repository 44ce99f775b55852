using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fitnessify.PushService;

/// <summary>
/// This program stands for the push service of a browser, and for the browsers that have subscribed there. Messages are for anyone
/// who asks, so that it listens on this machine only.
/// </summary>
internal static class Program
{
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
        TestPushService? service = null;
        TestPushService.Map(server, () => service!);
        Routes.Map(server.MapGroup("/subscriptions"), () => service!);
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
        await using var push = service = new TestPushService(address);
        Console.WriteLine("Start the server with this setting:");
        Console.WriteLine($"export Push__AllowedHosts__0='{new Uri(address).IdnHost}'");
        Console.WriteLine($"The push service for development, which shows every message, listens on {address}.");
        await server.WaitForShutdownAsync();
        return 0;
    }
}

using System.Reflection;
using Fitnessify.Infrastructure;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration.Memory;

namespace Fitnessify.WebApi;

/// <summary>This class configures the process: content root, listen address, and the lines that it logs at start.</summary>
internal static partial class Hosting
{
    private const string DefaultUrl = "http://localhost:5080";
    private const int MaxBodyBytes = 64 * 1024;
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(30);

    /// <summary>The value is the release, for instance 1.2.0.</summary>
    public static string Version { get; } =
        typeof(Hosting)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0];

    /// <summary>
    /// The result is null (the working folder) if that folder holds the settings, as with dotnet run, and otherwise the
    /// folder of the program.
    /// </summary>
    public static string? ContentRoot(string[] args) =>
        File.Exists("appsettings.json")
        || args.Any(arg => arg.Contains("contentRoot", StringComparison.OrdinalIgnoreCase))
            ? null
            : AppContext.BaseDirectory;

    public static void AddHosting(this WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        if (configuration["http_ports"] is null && configuration["https_ports"] is null)
        {
            // This is the weakest source, so that --urls, ASPNETCORE_URLS and the Kestrel section override it.
            configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = [new("urls", DefaultUrl)] });
        }

        ListenAddresses.Check(configuration["urls"]);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
            kestrel.Limits.MaxConcurrentConnections = OpenFileLimit.MaxConnections;
        });
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = DrainTime);
    }

    /// <summary>The log gets one line that names what has started and where, and one line for each warning.</summary>
    public static void AnnounceStart(this WebApplication app)
    {
        var provider = app.Services.GetRequiredService<DatabaseOptions>().Provider;
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            var addresses = app
                .Services.GetRequiredService<IServer>()
                .Features.Get<IServerAddressesFeature>()
                ?.Addresses;
            var address = addresses?.FirstOrDefault() ?? DefaultUrl;
            LogStarted(app.Logger, Version, provider, address, $"{address}/docs");
            foreach (var warning in app.Services.FindStartWarnings())
            {
                LogWarning(app.Logger, warning);
            }
        });
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Warning}")]
    private static partial void LogWarning(ILogger logger, string warning);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Fitnessify {Version} with {Provider} listens on {Address}, documentation at {Docs}"
    )]
    private static partial void LogStarted(
        ILogger logger,
        string version,
        DatabaseProvider provider,
        string address,
        string docs
    );
}

using Fitnessify.Domain.Push;
using Fitnessify.Infrastructure.Common;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Fitnessify.Infrastructure.Push;

/// <summary>Registers the adapters of the services that are configured. Web Push needs no configuration.</summary>
internal static class PushAdapters
{
    public static void AddPushAdapters(
        this IServiceCollection services,
        IConfiguration configuration,
        IHostEnvironment environment
    )
    {
        var options = services.AddSettings<PushOptions>(configuration, "Push");
        if (options.AllowedHosts.Length == 0)
        {
            options.AllowedHosts = PushOptions.BrowserHosts;
        }

        services.AddSingleton(new PushHosts(options, environment.IsDevelopment()));
        services.AddSingleton<VapidKey>();
        services.AddWebPush(configuration);
        services.AddSingleton<IPushPlatforms, PushPlatforms>();
        services.AddSingleton<IPushTransport, PushTransports>();
    }
}

using Fitnessify.Domain.Push;
using Fitnessify.Infrastructure.Jobs;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Fitnessify.Infrastructure.Push;

/// <summary>Registers the storage of devices and messages, the services that carry them, and the job that sends them.</summary>
internal static class PushServices
{
    public static void AddPush(
        this IServiceCollection services,
        IConfiguration configuration,
        IHostEnvironment environment,
        TelemetryOptions telemetry
    )
    {
        services.AddPushAdapters(configuration, environment);
        services.AddScoped<IDeviceRepository, DeviceRepository>();
        services.AddScoped<IPushDeliveries, PushDeliveries>();
        services.AddScoped<ISaveStep, PushDeliveryStep>();
        services.AddSingleton<ISaveErrors, DeviceSaveErrors>();
        services.AddJob<SendPushesJob>(trigger => trigger.Every(SendPushesJob.Interval));
        if (telemetry.IsOn)
        {
            services.AddHostedService<PushMetrics>();
        }
    }
}

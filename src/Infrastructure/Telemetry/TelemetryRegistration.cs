using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Telemetry;

/// <summary>Adds what measures, and only when somebody wants to know.</summary>
internal static class TelemetryRegistration
{
    private const string Key = "Telemetry:OtlpEndpoint";

    public static void AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var options = services.AddSettings<TelemetryOptions>(configuration, "Telemetry");
        services.AddSingleton<ServerMetrics>();
        if (options.OtlpEndpoint is null)
        {
            return;
        }

        var collector = Settings.ReadUrl(
            Key,
            options.OtlpEndpoint.TrimEnd('/') + "/",
            "the address of a collector",
            "http://localhost:4318"
        );
        services.AddSingleton<DatabaseTimes>();
        services.ConfigureDbContext<SqliteDbContext>(Measure).ConfigureDbContext<SqlServerDbContext>(Measure);
        services.CountSignIns();
        services.AddHostedService(provider => new OtlpExport(
            collector,
            options,
            provider.GetRequiredService<ServerMetrics>()
        ));
        services.AddHostedService<OutboxWatch>();
    }

    private static void Measure(IServiceProvider provider, DbContextOptionsBuilder builder) =>
        builder.AddInterceptors(provider.GetRequiredService<DatabaseTimes>());
}

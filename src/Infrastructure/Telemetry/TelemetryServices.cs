using System.Reflection;
using Fitnessify.Infrastructure.Common;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Persistence.Sqlite;
using Fitnessify.Infrastructure.Persistence.SqlServer;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Fitnessify.Infrastructure.Telemetry;

/// <summary>Adds what measures, and only when somebody wants to know.</summary>
internal static class TelemetryServices
{
    private const string Key = "Telemetry:OtlpEndpoint";

    /// <summary>Meters of the framework: requests; memory, threads and garbage collection.</summary>
    private static readonly string[] FrameworkMeters = ["Microsoft.AspNetCore.Hosting", "System.Runtime"];

    public static TelemetryOptions AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var options = services.AddSettings<TelemetryOptions>(configuration, "Telemetry");
        services.AddSingleton<ServerMetrics>();
        if (options.OtlpEndpoint is null)
        {
            return options;
        }

        var collector = Settings.ReadUrl(
            Key,
            options.OtlpEndpoint.TrimEnd('/') + "/",
            "the address of a collector",
            "http://localhost:4318"
        );
        services.AddSingleton<DatabaseInstrumentation>();
        services.AddSingleton<IDatabaseObserver>(provider => provider.GetRequiredService<DatabaseInstrumentation>());
        services.ConfigureDbContext<SqliteDbContext>(Measure).ConfigureDbContext<SqlServerDbContext>(Measure);
        services.AddExporters(collector, options.TraceRatio);
        return options;
    }

    // A method of its own: where nothing is sent, the SDK of OpenTelemetry is not even loaded.
    private static void AddExporters(this IServiceCollection services, Uri collector, double traceRatio)
    {
        services
            .AddOpenTelemetry()
            // Headers for the collector and the interval come from the variables OTEL_…, if set; of the resource, they win.
            .ConfigureResource(resource =>
                resource
                    .Clear()
                    .AddService("fitnessify", serviceVersion: Version)
                    .AddTelemetrySdk()
                    .AddEnvironmentVariableDetector()
            )
            .WithMetrics(metrics =>
                metrics
                    .AddMeter([ServerMetrics.MeterName, .. FrameworkMeters])
                    .AddOtlpExporter(exporter => Send(exporter, new Uri(collector, "v1/metrics")))
            )
            .WithTracing(traces =>
                traces
                    .SetSampler(new TraceIdRatioBasedSampler(traceRatio))
                    .AddSource("Microsoft.AspNetCore", DatabaseInstrumentation.SourceName)
                    .AddOtlpExporter(exporter => Send(exporter, new Uri(collector, "v1/traces")))
            );
        services.AddHostedService<TelemetryLifetime>();
    }

    private static void Send(OtlpExporterOptions exporter, Uri endpoint)
    {
        exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = endpoint;
    }

    private static string Version =>
        typeof(TelemetryServices)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion;

    private static void Measure(IServiceProvider provider, DbContextOptionsBuilder builder) =>
        builder.AddInterceptors(provider.GetRequiredService<DatabaseInstrumentation>());
}

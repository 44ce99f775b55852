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

/// <summary>Registers metrics and traces if a collector is configured.</summary>
internal static class TelemetryServices
{
    private const string Key = "Telemetry:OtlpEndpoint";

    /// <summary>The meters of the framework: requests; memory, threads and garbage collection.</summary>
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

    // This is a method of its own, so that a server without a collector does not even load the SDK of OpenTelemetry.
    private static void AddExporters(this IServiceCollection services, Uri collector, double traceRatio)
    {
        services
            .AddOpenTelemetry()
            // The SDK itself reads the variables OTEL_… for headers and intervals; those for the resource override these
            // values.
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

using System.Reflection;
using Fitnessify.Infrastructure.Jobs;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Fitnessify.Infrastructure.Telemetry;

/// <summary>Sends metrics and traces to the collector, from the start of the server until after its last request.</summary>
internal sealed class OtlpExport(Uri collector, TelemetryOptions options, ServerMetrics metrics)
    : IHostedService,
        IDisposable
{
    /// <summary>Meters of the framework: requests; memory, threads and garbage collection.</summary>
    private static readonly string[] FrameworkMeters = ["Microsoft.AspNetCore.Hosting", "System.Runtime"];

    private MeterProvider? _metrics;
    private TracerProvider? _traces;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Headers for the collector and the interval come from the variables OTEL_…, if set; of the resource, they win.
        var resource = ResourceBuilder
            .CreateEmpty()
            .AddService("fitnessify", serviceVersion: Version)
            .AddTelemetrySdk()
            .AddEnvironmentVariableDetector();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter([ServerMetrics.MeterName, .. FrameworkMeters])
            .AddOtlpExporter(exporter => Send(exporter, "v1/metrics"))
            .Build();
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .SetSampler(new TraceIdRatioBasedSampler(options.TraceRatio))
            .AddSource("Microsoft.AspNetCore", DatabaseTimes.SourceName)
            .AddOtlpExporter(exporter => Send(exporter, "v1/traces"))
            .Build();
        metrics.BeginCounting(JobRegistration.Names);
        return Task.CompletedTask;
    }

    /// <summary>Sends what is left. A collector that does not answer is waited for some seconds at most.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(Dispose, CancellationToken.None);

    public void Dispose()
    {
        _metrics?.Dispose();
        _traces?.Dispose();
        (_metrics, _traces) = (null, null);
    }

    private static string Version =>
        typeof(OtlpExport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    private void Send(OtlpExporterOptions exporter, string path)
    {
        exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = new Uri(collector, path);
    }
}

using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Fitnessify.Infrastructure.Telemetry;

/// <summary>
/// Sends what is left after the last request, while what is measured is still there. OpenTelemetry by itself would do so
/// when the services are disposed, the queue of the password work among them.
/// </summary>
internal sealed class TelemetryLifetime(
    ServerMetrics metrics,
    MeasuredJobs jobs,
    MeterProvider meters,
    TracerProvider traces
) : IHostedService
{
    // For a collector that does not answer.
    private const int TimeoutMilliseconds = 5000;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        metrics.BeginCounting(jobs.Names);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(
            Task.Run(() => meters.Shutdown(TimeoutMilliseconds), CancellationToken.None),
            Task.Run(() => traces.Shutdown(TimeoutMilliseconds), CancellationToken.None)
        );
}

using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Fitnessify.Infrastructure.Telemetry;

/// <summary>
/// Exports the last measurements while their sources still exist. OpenTelemetry itself does so when the services are disposed,
/// when some sources, such as the queue for password hashing, may be gone.
/// </summary>
internal sealed class TelemetryLifetime(
    ServerMetrics metrics,
    MeasuredJobs jobs,
    MeterProvider meters,
    TracerProvider traces
) : IHostedService
{
    // The limit is for a collector that does not respond.
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

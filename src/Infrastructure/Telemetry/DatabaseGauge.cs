using Fitnessify.Infrastructure.Persistence;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Fitnessify.Infrastructure.Telemetry;

/// <summary>Reads a gauge from the database at intervals. The value is unknown while the database does not answer.</summary>
internal abstract class DatabaseGauge<T>(IServiceScopeFactory scopes, TimeProvider clock) : BackgroundService
    where T : struct
{
    protected TimeProvider Clock { get; } = clock;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(15), Clock);
        do
        {
            await MeasureAsync(stoppingToken);
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Reads the value once.</summary>
    internal async Task MeasureAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var context = scope.ServiceProvider.GetRequiredService<AppDbContext>();
            Report(await ReadAsync(context, cancellationToken));
        }
#pragma warning disable CA1031 // Readiness tells of an outage; not to know a number must not end the server.
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Report(null);
        }
    }

    /// <summary>Reads the value.</summary>
    protected abstract Task<T> ReadAsync(AppDbContext context, CancellationToken cancellationToken);

    /// <summary>Reports the value until the next call; null if it is unknown.</summary>
    protected abstract void Report(T? value);
}

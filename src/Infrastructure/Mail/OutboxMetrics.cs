using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Fitnessify.Infrastructure.Mail;

/// <summary>Counts the pending mails at intervals, with an index that contains only those.</summary>
internal sealed class OutboxMetrics(IServiceScopeFactory scopes, ServerMetrics metrics, TimeProvider clock)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            metrics.OutboxDepth = await CountAsync(stoppingToken);
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<int?> CountAsync(CancellationToken stoppingToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            return await scope
                .ServiceProvider.GetRequiredService<AppDbContext>()
                .OutboxMails.CountAsync(mail => mail.FinishedAt == null, stoppingToken);
        }
#pragma warning disable CA1031 // Readiness tells of an outage; not to know a number must not end the server.
        catch (Exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return null;
        }
    }
}

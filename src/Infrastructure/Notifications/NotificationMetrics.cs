using Fitnessify.Domain.Common;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Notifications;

/// <summary>Measures how long the task that has waited longest waits for its alert.</summary>
internal sealed class NotificationMetrics(IServiceScopeFactory scopes, ServerMetrics metrics, TimeProvider clock)
    : DatabaseGauge<TimeSpan>(scopes, clock)
{
    protected override async Task<TimeSpan> ReadAsync(AppDbContext context, CancellationToken cancellationToken)
    {
        var now = Clock.Now();
        return now - (await AlertingTasks.FindOldestAsync(context, now, cancellationToken) ?? now);
    }

    protected override void Report(TimeSpan? value) => metrics.NotificationLag = value;
}

using Fitnessify.Domain.Common;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Push;

/// <summary>Measures how long the message that is due for longest has been due.</summary>
internal sealed class PushMetrics(IServiceScopeFactory scopes, ServerMetrics metrics, TimeProvider clock)
    : DatabaseGauge<TimeSpan>(scopes, clock)
{
    protected override async Task<TimeSpan> ReadAsync(AppDbContext context, CancellationToken cancellationToken)
    {
        var now = Clock.Now();
        var oldest = await context
            .PushDeliveries.Where(delivery => delivery.SentAt == null && delivery.NextAttemptAt <= now)
            .OrderBy(delivery => delivery.NextAttemptAt)
            .Select(delivery => (DateTimeOffset?)delivery.NextAttemptAt)
            .FirstOrDefaultAsync(cancellationToken);
        return now - (oldest ?? now);
    }

    protected override void Report(TimeSpan? value) => metrics.PushLag = value;
}

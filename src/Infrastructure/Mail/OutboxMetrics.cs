using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Mail;

/// <summary>Counts the pending mails, with an index that contains only those.</summary>
internal sealed class OutboxMetrics(IServiceScopeFactory scopes, ServerMetrics metrics, TimeProvider clock)
    : DatabaseGauge<int>(scopes, clock)
{
    protected override Task<int> ReadAsync(AppDbContext context, CancellationToken cancellationToken) =>
        context.OutboxMails.CountAsync(mail => mail.FinishedAt == null, cancellationToken);

    protected override void Report(int? value) => metrics.OutboxDepth = value;
}

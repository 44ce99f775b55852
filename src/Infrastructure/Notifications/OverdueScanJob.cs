using Fitnessify.Application.Notifications;
using Fitnessify.Infrastructure.Jobs;
using MediatR;
using Quartz;

namespace Fitnessify.Infrastructure.Notifications;

/// <summary>Notifies the owners of tasks that have become overdue.</summary>
[DisallowConcurrentExecution]
internal sealed class OverdueScanJob(IMediator sender) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        (await sender.Send(new NotifyOverdueCommand(), cancellationToken)).ThrowIfRefused();
}

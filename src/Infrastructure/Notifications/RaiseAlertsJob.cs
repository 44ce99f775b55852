using Fitnessify.Application.Notifications;
using Fitnessify.Infrastructure.Jobs;
using MediatR;
using Quartz;

namespace Fitnessify.Infrastructure.Notifications;

/// <summary>Notifies the owners of tasks that have a reminder or have become overdue.</summary>
[DisallowConcurrentExecution]
internal sealed class RaiseAlertsJob(IMediator sender) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        (await sender.Send(new RaiseAlertsCommand(), cancellationToken)).ThrowIfRefused();
}

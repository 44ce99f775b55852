using System.ComponentModel.DataAnnotations;
using Fitnessify.Application.Notifications;
using MediatR;
using Quartz;

namespace Fitnessify.Infrastructure.Jobs;

/// <summary>Section <c>Jobs</c>: what runs on a schedule.</summary>
public sealed class JobOptions
{
    /// <summary>Seconds between two looks for tasks that have become overdue: so long it can take until the owner is told.</summary>
    [Range(1, 3600)]
    public int OverdueScanSeconds { get; init; } = 30;
}

/// <summary>Tells the owners of tasks that have become overdue.</summary>
[DisallowConcurrentExecution]
internal sealed class OverdueScanJob(IMediator sender) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        (await sender.Send(new NotifyOverdueCommand(), cancellationToken)).ThrowIfRefused();
}

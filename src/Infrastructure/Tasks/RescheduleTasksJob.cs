using Fitnessify.Application.Tasks;
using Fitnessify.Infrastructure.Jobs;
using MediatR;
using Quartz;

namespace Fitnessify.Infrastructure.Tasks;

/// <summary>Moves the tasks of users who have changed their time zone.</summary>
[DisallowConcurrentExecution]
internal sealed class RescheduleTasksJob(IMediator sender) : IJob
{
    /// <summary>The change of the time zone has been answered by then; clients see the tasks move within seconds.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        (await sender.Send(new RescheduleTasksCommand(), cancellationToken)).ThrowIfRefused();
}

using Fitnessify.Application.Lists;
using Fitnessify.Infrastructure.Jobs;
using MediatR;
using Quartz;

namespace Fitnessify.Infrastructure.Lists;

/// <summary>Moves the tasks of deleted lists to the trash.</summary>
[DisallowConcurrentExecution]
internal sealed class EmptyDeletedListsJob(IMediator sender) : IJob
{
    /// <summary>The deletion itself has been answered by then; clients see the tasks go within seconds.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        (await sender.Send(new EmptyDeletedListsCommand(), cancellationToken)).ThrowIfRefused();
}

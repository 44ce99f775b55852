using Fitnessify.Application.Maintenance;
using Fitnessify.Infrastructure.Jobs;
using MediatR;
using Quartz;

namespace Fitnessify.Infrastructure.Maintenance;

/// <summary>Erases what has belonged to deleted accounts.</summary>
[DisallowConcurrentExecution]
internal sealed class EraseAccountsJob(IMediator sender) : IJob
{
    /// <summary>Soon after the deletion: the account is gone by then, this is the rest.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        (await sender.Send(new EraseAccountsCommand(), cancellationToken)).ThrowIfRefused();
}

using Fitnessify.Application.Push;
using Fitnessify.Infrastructure.Jobs;
using MediatR;
using Quartz;

namespace Fitnessify.Infrastructure.Push;

/// <summary>Sends the messages to devices that are due.</summary>
[DisallowConcurrentExecution]
internal sealed class SendPushesJob(IMediator sender) : IJob
{
    /// <summary>The interval of the job, within which a new message is sent.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        (await sender.Send(new SendPushesCommand(), cancellationToken)).ThrowIfRefused();
}

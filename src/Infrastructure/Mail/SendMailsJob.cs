using Fitnessify.Application.Mail;
using Fitnessify.Infrastructure.Jobs;
using MediatR;
using Quartz;

namespace Fitnessify.Infrastructure.Mail;

/// <summary>Sends what is due in the outbox.</summary>
[DisallowConcurrentExecution]
internal sealed class SendMailsJob(IMediator sender) : IJob
{
    /// <summary>Mails leave within 5 s.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        (await sender.Send(new SendMailsCommand(), cancellationToken)).ThrowIfRefused();
}

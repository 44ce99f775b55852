using Fitnessify.Application.Mail;
using Fitnessify.Infrastructure.Jobs;
using MediatR;
using Quartz;

namespace Fitnessify.Infrastructure.Mail;

/// <summary>Sends the mails of the outbox that are due.</summary>
[DisallowConcurrentExecution]
internal sealed class SendMailsJob(IMediator sender) : IJob
{
    /// <summary>The interval of the job, within which a new mail is sent.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        (await sender.Send(new SendMailsCommand(), cancellationToken)).ThrowIfRefused();
}

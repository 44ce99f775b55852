using Fitnessify.Application.Identities;
using Fitnessify.Infrastructure.Jobs;
using MediatR;
using Quartz;

namespace Fitnessify.Infrastructure.Identities;

/// <summary>Revokes the grants of removed identities at their providers.</summary>
[DisallowConcurrentExecution]
internal sealed class RevokeIdentitiesJob(IMediator sender) : IJob
{
    /// <summary>The interval of the job, within which a new revocation is attempted.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        (await sender.Send(new RevokeIdentitiesCommand(), cancellationToken)).ThrowIfRefused();
}

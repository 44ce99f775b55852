using Fitnessify.Application.Guests;
using Fitnessify.Application.Lists;
using Fitnessify.Application.Maintenance;
using Fitnessify.Application.Tasks;
using Fitnessify.Infrastructure.Jobs;
using MediatR;
using Quartz;

namespace Fitnessify.Infrastructure.Maintenance;

/// <summary>Deletes what has outlived its use, when few are awake.</summary>
[DisallowConcurrentExecution]
internal sealed class NightlyJob(IMediator sender) : IJob
{
    /// <summary>Every night at 03:17 UTC.</summary>
    public const string Schedule = "0 17 3 * * ?";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var trash = await sender.Send(new PurgeTrashCommand(), cancellationToken);
        var lists = await sender.Send(new PurgeListsCommand(), cancellationToken);
        var unconfirmed = await sender.Send(new PurgeUnconfirmedCommand(), cancellationToken);
        var guests = await sender.Send(new PurgeGuestsCommand(), cancellationToken);
        var expired = await sender.Send(new PurgeExpiredCommand(), cancellationToken);
        trash.ThrowIfRefused();
        lists.ThrowIfRefused();
        unconfirmed.ThrowIfRefused();
        guests.ThrowIfRefused();
        expired.ThrowIfRefused();
    }
}

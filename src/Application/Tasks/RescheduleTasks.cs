using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using MediatR;

namespace Fitnessify.Application.Tasks;

/// <summary>Computes when tasks are due once more, after the time zone of their owner or the data of time zones has changed.</summary>
public sealed record RescheduleTasksCommand : IRequest<Result>;

internal sealed class RescheduleTasksHandler(ITaskRescheduling rescheduling, TimeProvider clock)
    : IRequestHandler<RescheduleTasksCommand, Result>
{
    // A batch is small enough to hold the write lock only briefly.
    private const int BatchSize = 200;

    public async Task<Result> Handle(RescheduleTasksCommand request, CancellationToken cancellationToken)
    {
        await rescheduling.CheckTimeZoneDataAsync(cancellationToken);
        while (await rescheduling.RescheduleAsync(clock.Now(), BatchSize, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return Result.Success;
    }
}

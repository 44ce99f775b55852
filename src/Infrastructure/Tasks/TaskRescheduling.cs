using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Changes;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Tasks;

internal sealed class TaskRescheduling(AppDbContext context, UnitOfWork unitOfWork, TimeZoneData timeZoneData)
    : ITaskRescheduling
{
    private const int MaxOwners = 100;

    public async Task CheckTimeZoneDataAsync(CancellationToken cancellationToken)
    {
        if (timeZoneData.IsCompared)
        {
            return;
        }

        if (TimeZoneData.ReadVersion() is { } version)
        {
            unitOfWork.Add(token => MarkAllAsync(version, token));
            await unitOfWork.SaveChangesAsync(cancellationToken);
        }

        timeZoneData.IsCompared = true;
    }

    public async Task<bool> RescheduleAsync(DateTimeOffset now, int batchSize, CancellationToken cancellationToken)
    {
        var counters = await context
            .ChangeCounters.AsNoTracking()
            .Where(counter => counter.RescheduledThrough != null)
            .OrderBy(counter => counter.RescheduledThrough)
            .Take(MaxOwners)
            .ToListAsync(cancellationToken);
        // Each owner gets one batch in turn, so that one with many tasks does not delay the others.
        foreach (var counter in counters)
        {
            await RescheduleAsync(counter, now, batchSize, cancellationToken);
        }

        return counters.Count > 0;
    }

    /// <summary>Loads a batch of the owner's tasks that are due, by their ids.</summary>
    internal static Task<List<TaskItem>> ListAsync(
        AppDbContext context,
        Guid ownerId,
        Guid through,
        int batchSize,
        CancellationToken cancellationToken
    )
    {
        var owned = context.Tasks.Where(task => task.OwnerId == ownerId);
        // At the beginning, there is none before the id of zeros, which a client may have chosen.
        var rest = through == Guid.Empty ? owned : owned.Where(task => task.Id.CompareTo(through) > 0);
        return rest
        // What is restored from the trash is computed again by that save.
        .Where(task => task.Due != null && task.DeletedAt == null)
            .OrderBy(task => task.Id)
            .Take(batchSize)
            .ToListAsync(cancellationToken);
    }

    // A server with older data does not take back what one with newer data has computed.
    private async Task MarkAllAsync(long version, CancellationToken cancellationToken)
    {
        var raised = await context
            .Sequences.Where(sequence => sequence.Name == Sequence.TimeZoneData && sequence.Value < version)
            .ExecuteUpdateAsync(set => set.SetProperty(sequence => sequence.Value, version), cancellationToken);
        if (raised > 0)
        {
            await context.ChangeCounters.ExecuteUpdateAsync(
                set => set.SetProperty(counter => counter.RescheduledThrough, (Guid?)Guid.Empty),
                cancellationToken
            );
        }
    }

    private async Task RescheduleAsync(
        ChangeCounter counter,
        DateTimeOffset now,
        int batchSize,
        CancellationToken cancellationToken
    )
    {
        var through = counter.RescheduledThrough!.Value;
        var batch = await ListAsync(context, counter.OwnerId, through, batchSize, cancellationToken);
        foreach (var task in batch)
        {
            task.Reschedule(counter.TimeZone, now);
        }

        Guid? last = batch.Count == batchSize ? batch[^1].Id : null;
        // The condition fails if the time zone was changed once more in the meantime, or the tasks of a guest have come.
        unitOfWork.Add(token =>
            context
                .ChangeCounters.Where(other =>
                    other.OwnerId == counter.OwnerId
                    && other.TimeZone == counter.TimeZone
                    && other.RescheduledThrough == through
                    && other.TaskCount == counter.TaskCount
                )
                .ExecuteUpdateAsync(set => set.SetProperty(other => other.RescheduledThrough, last), token)
        );

        // If a task was changed in the meantime, the save is refused, and the next look shows what is left to do.
        await unitOfWork.SaveChangesAsync(cancellationToken);
        context.ChangeTracker.Clear();
    }
}

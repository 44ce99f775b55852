using Quartz;

namespace Fitnessify.Infrastructure.Telemetry;

/// <summary>Measures how late jobs start, how long they run, and when they last succeeded.</summary>
internal sealed class JobInstrumentation(ServerMetrics metrics) : IJobListener
{
    public string Name => nameof(JobInstrumentation);

    public ValueTask JobToBeExecuted(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        ValueTask.CompletedTask;

    public ValueTask JobExecutionVetoed(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        ValueTask.CompletedTask;

    public ValueTask JobWasExecuted(
        IJobExecutionContext context,
        JobExecutionException? jobException,
        CancellationToken cancellationToken = default
    )
    {
        metrics.RecordJob(
            context.JobDetail.Key.Name,
            context.FireTimeUtc - (context.ScheduledFireTimeUtc ?? context.FireTimeUtc),
            context.JobRunTime,
            jobException is null
        );
        return ValueTask.CompletedTask;
    }
}

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Fitnessify.Infrastructure.Jobs;

/// <summary>
/// The tables of a stored schedule. They are made with the others, so that the server, whose scheduler would make them at its
/// first start, need not be allowed to.
/// </summary>
internal sealed class ScheduleTables(IConfiguration configuration, ILoggerFactory loggers)
{
    /// <summary>Makes those that are missing, if the schedule is stored. Any number of processes may call this at once.</summary>
    public async Task MakeAsync(CancellationToken cancellationToken)
    {
        if (!JobsServices.IsStored(configuration))
        {
            return;
        }

        // A scheduler without jobs does that when it is made, and nothing else.
        await using var services = new ServiceCollection()
            .AddSingleton(loggers)
            .AddLogging()
            .AddQuartz(quartz => quartz.StoreSchedule(configuration))
            .BuildServiceProvider();
        var scheduler = await services.GetRequiredService<ISchedulerFactory>().GetScheduler(cancellationToken);
        await scheduler.Shutdown(waitForJobsToComplete: false, cancellationToken);
    }
}

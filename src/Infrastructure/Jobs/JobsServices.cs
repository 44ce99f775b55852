using Fitnessify.Infrastructure.Common;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Telemetry;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Fitnessify.Infrastructure.Jobs;

/// <summary>Runs what rooms schedule. Each job only sends a command, which is tested without a timer.</summary>
internal static class JobsServices
{
    // The first runs compile their queries: not while the first requests, that for readiness above all, wait to be served.
    private static readonly TimeSpan StartDelay = TimeSpan.FromSeconds(1);

    /// <summary>Schedules a job of a room, under the name of its type, by which it is stored and measured.</summary>
    public static void AddJob<TJob>(this IServiceCollection services, Action<ITriggerConfigurator> configure)
        where TJob : IJob =>
        services.AddSingleton(
            new ScheduledJob(
                typeof(TJob).Name,
                // Under a name that stays: a stored schedule is replaced at the next start, not doubled.
                quartz =>
                    quartz.ScheduleJob<TJob>(
                        trigger => configure(trigger.WithIdentity(typeof(TJob).Name)),
                        job => job.WithIdentity(typeof(TJob).Name)
                    )
            )
        );

    /// <summary>Starts the scheduler with all jobs that were added before.</summary>
    public static void AddJobs(this IServiceCollection services, IConfiguration configuration)
    {
        ScheduledJob[] jobs =
        [
            .. services
                .Select(service => service.ImplementationInstance)
                .OfType<ScheduledJob>()
                .OrderBy(job => job.Name),
        ];
        services.AddSingleton(new MeasuredJobs([.. jobs.Select(job => job.Name)]));
        services.AddSingleton(provider => new ScheduleTables(
            configuration,
            provider.GetRequiredService<ILoggerFactory>()
        ));
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler => scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always);
            quartz.StoreSchedule(configuration);
            quartz.AddJobListener<JobInstrumentation>();
            foreach (var job in jobs)
            {
                job.Schedule(quartz);
            }
        });
        services.AddQuartzHostedService(hosted =>
        {
            hosted.WaitForJobsToComplete = true;
            hosted.StartDelay = StartDelay;
        });
    }

    /// <summary>Repeats a job for ever, at this interval.</summary>
    public static void Every(this ITriggerConfigurator trigger, TimeSpan interval) =>
        trigger.WithSimpleSchedule(schedule => schedule.WithInterval(interval).RepeatForever());

    // In one process of the cluster at a time. With SQLite each process runs every job: the use cases bear it, and a file
    // has few processes.
    internal static void StoreSchedule(this IQuartzBuilder quartz, IConfiguration configuration)
    {
        if (IsStored(configuration))
        {
            var connectionString = configuration.GetConnectionString("Fitnessify")!;
            quartz.UsePersistentStore(store =>
            {
                store.UseSqlServer(SqlClientFactory.Instance, connectionString);
                store.UseClustering();
                store.ProvisionSchema();
            });
        }
    }

    internal static bool IsStored(IConfiguration configuration) =>
        Settings.Read(configuration, "Database", new DatabaseOptions()).Provider == DatabaseProvider.SqlServer;

    private sealed record ScheduledJob(string Name, Action<IQuartzBuilder> Schedule);
}

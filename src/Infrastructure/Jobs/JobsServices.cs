using Fitnessify.Infrastructure.Common;
using Fitnessify.Infrastructure.Mail;
using Fitnessify.Infrastructure.Maintenance;
using Fitnessify.Infrastructure.Notifications;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Telemetry;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Fitnessify.Infrastructure.Jobs;

/// <summary>What runs on a schedule. Each job only sends a command, which is tested without a timer.</summary>
internal static class JobsServices
{
    /// <summary>Of the jobs: under these they are stored, and measured.</summary>
    public static readonly string[] Names =
    [
        nameof(EraseAccountsJob),
        nameof(NightlyJob),
        nameof(OverdueScanJob),
        nameof(SendMailsJob),
    ];

    // The first runs compile their queries: not while the first requests, that for readiness above all, wait to be served.
    private static readonly TimeSpan StartDelay = TimeSpan.FromSeconds(1);

    public static void AddJobs(this IServiceCollection services, IConfiguration configuration)
    {
        var options = services.AddSettings<JobOptions>(configuration, "Jobs");
        services.AddSingleton(provider => new ScheduleTables(
            configuration,
            provider.GetRequiredService<ILoggerFactory>()
        ));
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler => scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always);
            quartz.StoreSchedule(configuration);
            quartz.AddJobListener<JobInstrumentation>();
            quartz.Schedule<EraseAccountsJob>(trigger => trigger.Every(EraseAccountsJob.Interval));
            quartz.Schedule<NightlyJob>(trigger =>
                trigger.WithCronSchedule(NightlyJob.Schedule, schedule => schedule.InTimeZone(TimeZoneInfo.Utc))
            );
            quartz.Schedule<OverdueScanJob>(trigger => trigger.Every(TimeSpan.FromSeconds(options.OverdueScanSeconds)));
            quartz.Schedule<SendMailsJob>(trigger => trigger.Every(SendMailsJob.Interval));
        });
        services.AddQuartzHostedService(hosted =>
        {
            hosted.WaitForJobsToComplete = true;
            hosted.StartDelay = StartDelay;
        });
    }

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

    // Under names that stay: a stored schedule is replaced at the next start, not doubled.
    private static void Schedule<TJob>(this IQuartzBuilder quartz, Action<ITriggerConfigurator> configure)
        where TJob : IJob =>
        quartz.ScheduleJob<TJob>(
            trigger => configure(trigger.WithIdentity(typeof(TJob).Name)),
            job => job.WithIdentity(typeof(TJob).Name)
        );

    private static void Every(this ITriggerConfigurator trigger, TimeSpan interval) =>
        trigger.WithSimpleSchedule(schedule => schedule.WithInterval(interval).RepeatForever());
}

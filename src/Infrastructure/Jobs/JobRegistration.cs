using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace Fitnessify.Infrastructure.Jobs;

/// <summary>What runs on a schedule. Each job only sends a command, which is tested without a timer.</summary>
internal static class JobRegistration
{
    public static void AddJobs(this IServiceCollection services)
    {
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(options => options.ShutdownJobInterruption = ShutdownJobInterruption.Always);
            quartz.ScheduleJob<NightlyJob>(trigger =>
                trigger.WithCronSchedule(NightlyJob.Schedule, schedule => schedule.InTimeZone(TimeZoneInfo.Utc))
            );
            quartz.ScheduleJob<SendMailsJob>(trigger =>
                trigger.WithSimpleSchedule(schedule => schedule.WithInterval(SendMailsJob.Interval).RepeatForever())
            );
        });
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
    }
}

using Fitnessify.Application.Maintenance;
using Fitnessify.Domain.Maintenance;
using Fitnessify.Infrastructure.Common;
using Fitnessify.Infrastructure.Jobs;
using Fitnessify.Infrastructure.Maintenance.Copying;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace Fitnessify.Infrastructure.Maintenance;

internal static class MaintenanceServices
{
    public static void AddMaintenance(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<RetentionOptions>(configuration, "Retention");
        services.AddScoped<IRetention, Retention>();
        services.AddScoped<IAccountErasure, AccountErasure>();
        services.AddScoped<IUnconfirmedAccounts, UnconfirmedAccounts>();
        services.AddScoped<DatabaseBackup>();
        services.AddScoped<DatabaseRestore>();
        services.AddScoped<CopyTarget>();
        services.AddJob<EraseAccountsJob>(trigger => trigger.Every(EraseAccountsJob.Interval));
        services.AddJob<NightlyJob>(trigger =>
            trigger.WithCronSchedule(NightlyJob.Schedule, schedule => schedule.InTimeZone(TimeZoneInfo.Utc))
        );
    }
}

using Fitnessify.Domain.Notifications;
using Fitnessify.Infrastructure.Common;
using Fitnessify.Infrastructure.Jobs;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Notifications;

/// <summary>Registers the storage of notifications, the job that raises alerts, and the feed.</summary>
internal static class NotificationsServices
{
    public static void AddNotifications(
        this IServiceCollection services,
        IConfiguration configuration,
        TelemetryOptions telemetry
    )
    {
        var options = services.AddSettings<JobOptions>(configuration, "Jobs");
        services.AddScoped<NotificationRepository>();
        services.AddScoped<INotificationRepository>(provider => provider.GetRequiredService<NotificationRepository>());
        services.AddScoped<INotificationSequence>(provider => provider.GetRequiredService<NotificationRepository>());
        services.AddScoped<INotificationSettingsRepository, NotificationSettingsRepository>();
        services.AddScoped<IAlertingTasks, AlertingTasks>();
        services.AddSingleton<NotificationFeed>();
        services.AddSingleton<INotificationFeed>(provider => provider.GetRequiredService<NotificationFeed>());
        services.AddHostedService(provider => provider.GetRequiredService<NotificationFeed>());
        services.AddScoped<ISaveStep, NotificationNumberStep>();
        services.AddJob<RaiseAlertsJob>(trigger => trigger.Every(TimeSpan.FromSeconds(options.OverdueScanSeconds)));
        if (telemetry.IsOn)
        {
            services.AddHostedService<NotificationMetrics>();
        }
    }
}

using Fitnessify.Domain.Notifications;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Notifications;

/// <summary>What stores notifications, finds what there is to tell, and tells it.</summary>
internal static class NotificationsServices
{
    public static void AddNotifications(this IServiceCollection services)
    {
        services.AddScoped<NotificationRepository>();
        services.AddScoped<INotificationRepository>(provider => provider.GetRequiredService<NotificationRepository>());
        services.AddScoped<INotificationSequence>(provider => provider.GetRequiredService<NotificationRepository>());
        services.AddScoped<INotificationSettingsRepository, NotificationSettingsRepository>();
        services.AddScoped<IOverdueTasks, OverdueTasks>();
        services.AddSingleton<NotificationFeed>();
        services.AddSingleton<INotificationFeed>(provider => provider.GetRequiredService<NotificationFeed>());
        services.AddHostedService(provider => provider.GetRequiredService<NotificationFeed>());
    }
}

namespace Fitnessify.Domain.Notifications;

/// <summary>Stores the notification settings of each account.</summary>
public interface INotificationSettingsRepository
{
    /// <summary>Returns the stored settings, or the default ones if none are stored.</summary>
    Task<NotificationSettings> GetAsync(Guid ownerId, CancellationToken cancellationToken);

    /// <summary>Replaces the settings in the unit of work.</summary>
    void Set(Guid ownerId, NotificationSettings settings);
}

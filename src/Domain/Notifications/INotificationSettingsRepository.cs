namespace Fitnessify.Domain.Notifications;

/// <summary>Stored settings, one of each account.</summary>
public interface INotificationSettingsRepository
{
    /// <summary>The settings; the default ones while there are no others.</summary>
    Task<NotificationSettings> GetAsync(Guid ownerId, CancellationToken cancellationToken);

    /// <summary>Replaces them, in the unit of work.</summary>
    void Set(Guid ownerId, NotificationSettings settings);
}

namespace Fitnessify.Domain.Push;

/// <summary>What a message tells the app. Expect more of them in time.</summary>
public enum PushMessageType
{
    /// <summary>A task is overdue.</summary>
    TaskOverdue,

    /// <summary>A task is due soon.</summary>
    TaskReminder,

    /// <summary>The notification with this id was read, completed or snoozed on another device and is to be taken back.</summary>
    Dismiss,

    /// <summary>The user wants to see that messages arrive.</summary>
    Test,
}

/// <summary>A message to a device.</summary>
/// <param name="Id">The id of the notification, which a second message with the same id replaces.</param>
/// <param name="Type">What it tells.</param>
/// <param name="TaskId">The id of the task; null for a test.</param>
/// <param name="Title">The title of the task; null if the device wants none.</param>
/// <param name="Locale">The language tag (BCP 47) of texts that the service's payload needs.</param>
/// <param name="ExpiresAt">The time in UTC until which the service keeps it for a device that is off.</param>
public sealed record PushMessage(
    Guid Id,
    PushMessageType Type,
    Guid? TaskId,
    string? Title,
    string Locale,
    DateTimeOffset ExpiresAt
)
{
    /// <summary>Whether the device shows nothing for it.</summary>
    public bool IsSilent => Type == PushMessageType.Dismiss;
}

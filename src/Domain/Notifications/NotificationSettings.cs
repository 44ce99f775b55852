using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Notifications;

/// <summary>The settings that decide how a user is notified.</summary>
/// <param name="Email">Whether the user is notified by e-mail too, if the address is confirmed.</param>
/// <param name="Push">Whether the user's devices are notified.</param>
/// <param name="QuietFrom">The local time from which no mail and no message is sent; null without quiet hours.</param>
/// <param name="QuietTo">
/// The local time from which they are sent again, on the next day if it is the earlier one; null without quiet hours.
/// </param>
public sealed record NotificationSettings(bool Email, bool Push, TimeOnly? QuietFrom, TimeOnly? QuietTo)
{
    /// <summary>The settings of a user who has stored none.</summary>
    public static NotificationSettings Default { get; } = new(false, true, null, null);

    /// <summary>Returns the earliest time for a mail or a message to a device: now, or the end of the quiet hours in the user's time zone.</summary>
    /// <param name="now">The current time in UTC.</param>
    /// <param name="zone">The user's time zone.</param>
    public DateTimeOffset AllowedAt(DateTimeOffset now, TimeZoneInfo zone)
    {
        if (QuietFrom is not { } from || QuietTo is not { } to)
        {
            return now;
        }

        var local = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        if (!TimeOnly.FromDateTime(local).IsBetween(from, to))
        {
            return now;
        }

        var end = local.Date + to.ToTimeSpan();
        var at = zone.WhenClocksShow(end > local ? end : end.AddDays(1), now);
        // A clock change can skip the end of the quiet hours, so the result may lie in quiet hours again.
        return at > now ? AllowedAt(at, zone) : now;
    }
}

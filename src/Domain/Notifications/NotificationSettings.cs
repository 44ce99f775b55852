using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Notifications;

/// <summary>How a user wants to be told.</summary>
/// <param name="Email">Whether by e-mail too, where the address is confirmed.</param>
/// <param name="QuietFrom">Local time from which no mail goes out; null without quiet hours.</param>
/// <param name="QuietTo">Local time from which mails go out again, on the next day when it is the earlier one; null without quiet hours.</param>
/// <param name="TimeZone">IANA name, for the quiet hours and for times in mails.</param>
public sealed record NotificationSettings(bool Email, TimeOnly? QuietFrom, TimeOnly? QuietTo, string TimeZone)
{
    /// <summary>UTF-16 units; the longest IANA name has half of it.</summary>
    public const int TimeZoneMaxLength = 64;

    /// <summary>What counts until the user says otherwise.</summary>
    public static NotificationSettings Default { get; } = new(false, null, null, TimeZoneInfo.Utc.Id);

    /// <summary>The time zone, or UTC where this machine does not know it.</summary>
    public TimeZoneInfo Zone =>
        TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>When a mail may go: now, or at the end of the quiet hours, as the clocks there show them.</summary>
    /// <param name="now">UTC.</param>
    public DateTimeOffset MailAllowedAt(DateTimeOffset now)
    {
        if (QuietFrom is not { } from || QuietTo is not { } to)
        {
            return now;
        }

        var local = TimeZoneInfo.ConvertTime(now, Zone).DateTime;
        if (!TimeOnly.FromDateTime(local).IsBetween(from, to))
        {
            return now;
        }

        var end = local.Date + to.ToTimeSpan();
        var at = Zone.WhenClocksShow(end > local ? end : end.AddDays(1), now);
        // It is quiet there too when clocks are put forward over all that lies between two nights.
        return at > now ? MailAllowedAt(at) : now;
    }
}

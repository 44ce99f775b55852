using System.Globalization;

namespace Fitnessify.Domain.Mail;

/// <summary>Formats times for mails.</summary>
internal static class MailTimes
{
    public static string Format(DateTimeOffset at, TimeZoneInfo zone) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{TimeZoneInfo.ConvertTime(at, zone):dddd, d MMMM yyyy, HH:mm} ({zone.Id})"
        );
}

using System.Globalization;

namespace Fitnessify.Domain.Mail;

/// <summary>Times, as mails tell them.</summary>
internal static class MailTimes
{
    public static string Format(DateTimeOffset at, TimeZoneInfo zone) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{TimeZoneInfo.ConvertTime(at, zone):dddd, d MMMM yyyy, HH:mm} ({zone.Id})"
        );
}

using System.Text.RegularExpressions;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Common;
using FluentValidation;

namespace Fitnessify.Application.Common;

/// <summary>Rules for times that arrive as text, as in a query string.</summary>
internal static partial class TimeRules
{
    /// <summary>Accepts a time with an offset (RFC 3339), or null.</summary>
    public static IRuleBuilderOptions<T, string?> Time<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => text is null || ParseTime(text) is not null)
            .WithErrorCode(FieldErrorCodes.InvalidFormat)
            .WithMessage(
                (_, text) =>
                    text!.Contains(' ', StringComparison.Ordinal)
                        ? "Write a time with its offset, and the plus of the offset as %2B: as a plus it is a blank."
                        : "Write a time with its offset, such as 2026-11-20T09:30:00Z."
            );

    /// <summary>Accepts the IANA name of a time zone, or null.</summary>
    public static IRuleBuilderOptions<T, string?> TimeZone<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(name =>
                name is null
                || (
                    ZoneName().IsMatch(name)
                    && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
                    && zone.HasIanaId
                    // Zones that were found before are found in any case of letters.
                    && zone.Id == name
                )
            )
            .WithErrorCode(FieldErrorCodes.InvalidFormat)
            .WithMessage("Use the IANA name of a time zone, such as Europe/Berlin.");

    /// <summary>Accepts the IANA name of a time zone that can be stored, or null.</summary>
    public static IRuleBuilderOptions<T, string?> StoredTimeZone<T>(this IRuleBuilder<T, string?> rule) =>
        rule.MaximumLength(Account.TimeZoneMaxLength).TimeZone();

    /// <summary>Returns the time in UTC, to the millisecond; null if the text is no time.</summary>
    public static DateTimeOffset? ParseTime(string? text) => Rfc3339.Parse(text);

    // The pattern excludes the other files of the system's time zone folder, and paths that lead into it.
    [GeneratedRegex(
        @"\A(?!(?:posix|right)/)(?!(?:localtime|posixrules|Factory)\z)[A-Za-z0-9_+-]+(?:/[A-Za-z0-9_+-]+)*\z"
    )]
    private static partial Regex ZoneName();
}

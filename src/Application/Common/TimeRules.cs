using System.Text.RegularExpressions;
using Fitnessify.Domain.Common;
using FluentValidation;

namespace Fitnessify.Application.Common;

/// <summary>Rules for times that come as text, as in a query string.</summary>
internal static partial class TimeRules
{
    /// <summary>A time with an offset (RFC 3339), or nothing.</summary>
    public static IRuleBuilderOptions<T, string?> Time<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => text is null || ParseTime(text) is not null)
            .WithErrorCode(FieldErrorCodes.InvalidFormat)
            .WithMessage(
                (_, text) =>
                    text!.Contains(' ', StringComparison.Ordinal)
                        ? "Write a time with its offset, and the plus of the offset as %2B: as a plus it is a blank."
                        : "Write a time with its offset, such as 2026-11-20T09:30:00Z."
            );

    /// <summary>The name of an IANA time zone, or nothing.</summary>
    public static IRuleBuilderOptions<T, string?> TimeZone<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(name =>
                name is null
                || (
                    ZoneName().IsMatch(name)
                    && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
                    && zone.HasIanaId
                )
            )
            .WithErrorCode(FieldErrorCodes.InvalidFormat)
            .WithMessage("Use the IANA name of a time zone, such as Europe/Berlin.");

    /// <summary>The time, in UTC and milliseconds; null when the text is none.</summary>
    public static DateTimeOffset? ParseTime(string? text) => Rfc3339.Parse(text);

    // What else the folder of zones holds are files of the system, and paths into it.
    [GeneratedRegex(
        @"\A(?!(?:posix|right)/)(?!(?:localtime|posixrules|Factory)\z)[A-Za-z0-9_+-]+(?:/[A-Za-z0-9_+-]+)*\z"
    )]
    private static partial Regex ZoneName();
}

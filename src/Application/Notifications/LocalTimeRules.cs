using System.Globalization;
using Fitnessify.Domain.Common;
using FluentValidation;

namespace Fitnessify.Application.Notifications;

/// <summary>Rules for times of the day.</summary>
internal static class LocalTimeRules
{
    /// <summary>The format, from 00:00 to 23:59.</summary>
    public const string Format = "HH:mm";

    /// <summary>Accepts a time of the day, or null.</summary>
    public static IRuleBuilderOptions<T, string?> LocalTime<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => text is null || Parse(text) is not null)
            .WithErrorCode(FieldErrorCodes.InvalidFormat)
            .WithMessage("Write hours and minutes, such as 22:00.");

    /// <summary>Returns the time; null if the text is no time of the day.</summary>
    public static TimeOnly? Parse(string? text) =>
        TimeOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : null;
}

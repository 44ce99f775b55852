using Fitnessify.Application.Common;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using FluentValidation;

namespace Fitnessify.Application.Tasks;

/// <summary>A merge patch of when a task is due (RFC 7396).</summary>
/// <param name="Date">yyyy-MM-dd; needed if the task is not due yet; cannot be cleared.</param>
/// <param name="Time">HH:mm, HH:mm:ss or HH:mm:ss.fff; null makes it all day.</param>
/// <param name="TimeZone">IANA name; null makes it due wherever the user is.</param>
public sealed record DuePatch(
    Optional<string?> Date = default,
    Optional<string?> Time = default,
    Optional<string?> TimeZone = default
)
{
    /// <summary>Returns the due after the patch; null if it would have no date.</summary>
    internal Due? ApplyTo(Due? due) =>
        (Date.IsPresent ? Due.ParseDate(Date.Value) : due?.Date) is { } date
            ? new Due(
                date,
                Time.IsPresent ? Due.ParseTime(Time.Value) : due?.Time,
                TimeZone.IsPresent ? TimeZone.Value : due?.TimeZone
            )
            : null;
}

internal sealed class DuePatchValidator : RequestValidator<DuePatch>
{
    public DuePatchValidator()
    {
        RuleFor(due => due.Date.Value)
            .NotNull()
            .Date()
            .OverridePropertyName(nameof(DuePatch.Date))
            .When(due => due.Date.IsPresent);
        RuleFor(due => due.Time.Value).TimeOfDay().OverridePropertyName(nameof(DuePatch.Time));
        RuleFor(due => due.TimeZone.Value).StoredTimeZone().OverridePropertyName(nameof(DuePatch.TimeZone));
    }
}

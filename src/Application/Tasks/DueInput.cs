using Fitnessify.Application.Common;
using Fitnessify.Domain.Tasks;
using FluentValidation;

namespace Fitnessify.Application.Tasks;

/// <summary>When a task is due, as a person says it.</summary>
/// <param name="Date">yyyy-MM-dd.</param>
/// <param name="Time">HH:mm, HH:mm:ss or HH:mm:ss.fff; null for all day.</param>
/// <param name="TimeZone">IANA name; null for wherever the user is.</param>
public sealed record DueInput(string Date, string? Time = null, string? TimeZone = null)
{
    internal Due ToDue() => new(Due.ParseDate(Date)!.Value, Due.ParseTime(Time), TimeZone);
}

internal sealed class DueInputValidator : RequestValidator<DueInput>
{
    public DueInputValidator()
    {
        RuleFor(due => due.Date).NotNull().Date();
        RuleFor(due => due.Time).TimeOfDay();
        RuleFor(due => due.TimeZone).StoredTimeZone();
    }
}

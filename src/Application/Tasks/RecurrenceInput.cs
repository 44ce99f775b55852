using Fitnessify.Application.Common;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using FluentValidation;

namespace Fitnessify.Application.Tasks;

/// <summary>How a task repeats.</summary>
/// <param name="Rule">An RRULE of days or longer (RFC 5545, 3.3.10), at most 500 characters, such as FREQ=WEEKLY;BYDAY=MO,WE,FR.</param>
/// <param name="From">Whether its dates are fixed, or counted from the day of the completion.</param>
public sealed record RecurrenceInput(string Rule, RecurrenceFrom From = RecurrenceFrom.Due)
{
    internal Result<Recurrence> ToRecurrence() => RecurrenceRule.Parse(Rule).Select(rule => new Recurrence(rule, From));
}

internal sealed class RecurrenceInputValidator : RequestValidator<RecurrenceInput>
{
    public RecurrenceInputValidator() => RuleFor(recurrence => recurrence.Rule).NotNull().RecurrenceRule();
}

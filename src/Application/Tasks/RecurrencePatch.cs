using Fitnessify.Application.Common;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using FluentValidation;

namespace Fitnessify.Application.Tasks;

/// <summary>A merge patch of how a task repeats (RFC 7396).</summary>
/// <param name="Rule">An RRULE of days or longer (RFC 5545, 3.3.10), at most 500 characters; needed if the task does not repeat yet; cannot be cleared.</param>
/// <param name="From">Whether its dates are fixed, or counted from the day of the completion; cannot be cleared.</param>
public sealed record RecurrencePatch(Optional<string?> Rule = default, Optional<RecurrenceFrom?> From = default)
{
    /// <summary>Returns the recurrence after the patch; <c>validation_failed</c> if it would have no rule; or the error of the rule.</summary>
    internal Result<Recurrence> ApplyTo(Recurrence? recurrence)
    {
        var from = From.Value ?? recurrence?.From ?? RecurrenceFrom.Due;
        return Rule.Value is not null ? RecurrenceRule.Parse(Rule.Value).Select(rule => new Recurrence(rule, from))
            : recurrence is not null ? recurrence with { From = from }
            : TaskErrors.RecurrenceWithoutRule;
    }
}

internal sealed class RecurrencePatchValidator : RequestValidator<RecurrencePatch>
{
    public RecurrencePatchValidator()
    {
        RuleFor(recurrence => recurrence.Rule.Value)
            .NotNull()
            .RecurrenceRule()
            .OverridePropertyName(nameof(RecurrencePatch.Rule))
            .When(recurrence => recurrence.Rule.IsPresent);
        RuleFor(recurrence => recurrence.From.Value)
            .NotNull()
            .OverridePropertyName(nameof(RecurrencePatch.From))
            .When(recurrence => recurrence.From.IsPresent);
    }
}

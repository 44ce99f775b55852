using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using FluentValidation;

namespace Fitnessify.Application.Tasks;

/// <summary>Rules for how tasks repeat, and when they were done.</summary>
internal static class RecurrenceRules
{
    /// <summary>Accepts an RRULE of RFC 5545, also one that tasks cannot follow, or null.</summary>
    public static IRuleBuilderOptions<T, string?> RecurrenceRule<T>(this IRuleBuilder<T, string?> rule) =>
        rule.MaximumLength(Domain.Tasks.RecurrenceRule.MaxLength)
            .Must(text =>
                text is null
                || text.Length > Domain.Tasks.RecurrenceRule.MaxLength
                || Domain.Tasks.RecurrenceRule.Parse(text).Error != TaskErrors.RecurrenceMalformed
            )
            .WithErrorCode(FieldErrorCodes.InvalidFormat)
            .WithMessage("Write a rule such as FREQ=WEEKLY;BYDAY=MO,WE,FR (RFC 5545, 3.3.10).");

    /// <summary>Accepts a time of the completion only with the status done.</summary>
    /// <param name="rule">The rule of <c>completedAt</c>.</param>
    /// <param name="statusOf">The status in the same request.</param>
    public static IRuleBuilderOptions<T, DateTimeOffset?> OnlyWhenDone<T>(
        this IRuleBuilder<T, DateTimeOffset?> rule,
        Func<T, TaskItemStatus?> statusOf
    ) =>
        rule.Must((task, completedAt) => completedAt is null || statusOf(task) == TaskItemStatus.Done)
            .WithErrorCode(FieldErrorCodes.NotAllowed)
            .WithMessage("Say when the task was done together with the status done.");
}

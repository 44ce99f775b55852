using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using FluentValidation;

namespace Fitnessify.Application.Tasks;

/// <summary>Rules for when a task is due, and for its reminders.</summary>
internal static class DueRules
{
    /// <summary>Accepts a date such as 2026-12-01, or null.</summary>
    public static IRuleBuilderOptions<T, string?> Date<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => text is null || Due.ParseDate(text) is not null)
            .WithErrorCode(FieldErrorCodes.InvalidFormat)
            .WithMessage("Write a date such as 2026-12-01.");

    /// <summary>Accepts a time of the day such as 18:00, with or without seconds and milliseconds, or null.</summary>
    public static IRuleBuilderOptions<T, string?> TimeOfDay<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => text is null || Due.ParseTime(text) is not null)
            .WithErrorCode(FieldErrorCodes.InvalidFormat)
            .WithMessage("Write a time of the day such as 18:00, 18:00:30 or 18:00:30.500.");

    /// <summary>Accepts at most 5 different numbers of minutes, 0 to 40320, or null.</summary>
    public static IRuleBuilderOptions<T, IReadOnlyList<int>?> Reminders<T>(
        this IRuleBuilder<T, IReadOnlyList<int>?> rule
    ) =>
        rule.Must(reminders => reminders is null || reminders.Count <= TaskItem.RemindersMaxCount)
            .WithErrorCode(FieldErrorCodes.TooLong)
            .WithMessage($"A task has at most {TaskItem.RemindersMaxCount} reminders.")
            .Must(reminders => reminders is null || reminders.All(IsInRange))
            .WithErrorCode(FieldErrorCodes.OutOfRange)
            .WithMessage($"A reminder is 0 to {TaskItem.ReminderMaxMinutes} minutes before the task is due.")
            .Must(reminders => reminders is null || reminders.Distinct().Count() == reminders.Count)
            .WithErrorCode(FieldErrorCodes.Duplicate)
            .WithMessage("A reminder must not occur twice.");

    /// <summary>Refuses a value next to another member that says the same.</summary>
    /// <param name="rule">The rule of <c>dueAt</c>.</param>
    /// <param name="hasDue">Whether the request has <c>due</c> too.</param>
    public static IRuleBuilderOptions<T, TProperty> NotTogether<T, TProperty>(
        this IRuleBuilder<T, TProperty> rule,
        Func<T, bool> hasDue
    ) =>
        rule.Must((task, value) => value is null || !hasDue(task))
            .WithErrorCode(FieldErrorCodes.NotAllowed)
            .WithMessage("Write either due or dueAt.");

    /// <summary>Returns the due of a moment, which is its date and time in UTC.</summary>
    public static Due? ToDue(DateTimeOffset? dueAt) => dueAt is { } moment ? Due.At(moment) : null;

    private static bool IsInRange(int minutes) => minutes is >= 0 and <= TaskItem.ReminderMaxMinutes;
}

using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Tasks;

/// <summary>The expected failures of tasks.</summary>
public static class TaskErrors
{
    // Errors are compared, and lists of fields are equal only if they are the same.
    private static readonly FieldError[] ListField =
    [
        new(["listId"], FieldErrorCodes.NotAllowed, "This is none of your lists, or a deleted one."),
    ];

    private static readonly FieldError[] ChecklistField =
    [
        new(["checklist"], FieldErrorCodes.TooLong, $"A checklist has at most {Checklist.MaxCount} items."),
    ];

    private static readonly FieldError[] DueField =
    [
        new(["due", "date"], FieldErrorCodes.Required, "The task is not due yet, so say on which day."),
    ];

    private static readonly FieldError[] RuleField =
    [
        new(
            ["recurrence", "rule"],
            FieldErrorCodes.InvalidFormat,
            "Write a rule such as FREQ=WEEKLY;BYDAY=MO,WE,FR (RFC 5545, 3.3.10)."
        ),
    ];

    private static readonly FieldError[] MissingRuleField =
    [
        new(["recurrence", "rule"], FieldErrorCodes.Required, "The task does not repeat yet, so say by which rule."),
    ];

    private static readonly FieldError[] RepeatedDueField =
    [
        new(["due"], FieldErrorCodes.Required, "A task that repeats needs a due."),
    ];

    private static readonly FieldError[] CompletedAtField =
    [
        new(["completedAt"], FieldErrorCodes.OutOfRange, "A task is done after it was created, and not in the future."),
    ];

    /// <summary>The task cannot move from its status to the requested one.</summary>
    public static Error StateConflict =>
        CommonErrors.StateConflict with
        {
            Message = "The task cannot move from its status to this one.",
        };

    /// <summary>There is no alert of the task that could be raised again.</summary>
    public static Error NothingToSnooze =>
        CommonErrors.StateConflict with
        {
            Message = "The task is not open, or not due any more when it was, so there is nothing to tell again.",
        };

    /// <summary>The list of the task is none of the owner's, or deleted.</summary>
    public static Error ListNotAllowed => CommonErrors.Validation(ListField);

    /// <summary>A patch changes only a part of the due of a task that has none.</summary>
    public static Error DueWithoutDate => CommonErrors.Validation(DueField);

    /// <summary>The rule of a recurrence is none of RFC 5545.</summary>
    public static Error RecurrenceMalformed => CommonErrors.Validation(RuleField);

    /// <summary>A patch changes only a part of the recurrence of a task that has none.</summary>
    public static Error RecurrenceWithoutRule => CommonErrors.Validation(MissingRuleField);

    /// <summary>A task would repeat, but not be due.</summary>
    public static Error RecurrenceWithoutDue => CommonErrors.Validation(RepeatedDueField);

    /// <summary>The rule is well-formed, but not one that tasks can follow.</summary>
    public static readonly Error RecurrenceUnsupported = new(
        ErrorKind.Unprocessable,
        "recurrence_unsupported",
        "Tasks repeat by days or longer, without exceptions, and by a rule that has a date within ten years."
    );

    /// <summary>The recurrence of the task cannot change any more.</summary>
    public static Error RecurrenceFixed =>
        CommonErrors.StateConflict with
        {
            Message =
                "The recurrence of a closed task is fixed, and so is that of one whose series has gone on without it.",
        };

    /// <summary>A task would have been done before it was created, or in the future.</summary>
    public static Error CompletionOutOfRange => CommonErrors.Validation(CompletedAtField);

    /// <summary>The checklist would have too many items.</summary>
    public static Error ChecklistTooLong => CommonErrors.Validation(ChecklistField);

    /// <summary>One operation of an atomic batch failed, so none was applied.</summary>
    public static readonly Error BatchFailed = new(
        ErrorKind.Conflict,
        "batch_failed",
        "An operation failed, so nothing was applied; 'results' says which."
    );
}

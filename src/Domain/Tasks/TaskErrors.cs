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

    /// <summary>The checklist would have too many items.</summary>
    public static Error ChecklistTooLong => CommonErrors.Validation(ChecklistField);

    /// <summary>One operation of an atomic batch failed, so none was applied.</summary>
    public static readonly Error BatchFailed = new(
        ErrorKind.Conflict,
        "batch_failed",
        "An operation failed, so nothing was applied; 'results' says which."
    );
}

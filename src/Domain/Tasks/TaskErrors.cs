using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Tasks;

/// <summary>The expected failures of tasks.</summary>
public static class TaskErrors
{
    /// <summary>The task cannot move from its status to the requested one.</summary>
    public static Error StateConflict =>
        CommonErrors.StateConflict with
        {
            Message = "The task cannot move from its status to this one.",
        };

    /// <summary>The list of the task is none of the owner's, or deleted.</summary>
    public static Error ListNotAllowed { get; } =
        CommonErrors.Validation(
            new FieldError(["listId"], FieldErrorCodes.NotAllowed, "This is none of your lists, or a deleted one.")
        );

    /// <summary>The checklist would have too many items.</summary>
    public static Error ChecklistTooLong { get; } =
        CommonErrors.Validation(
            new FieldError(
                ["checklist"],
                FieldErrorCodes.TooLong,
                $"A checklist has at most {Checklist.MaxCount} items."
            )
        );

    /// <summary>One operation of an atomic batch failed, so none was applied.</summary>
    public static readonly Error BatchFailed = new(
        ErrorKind.Conflict,
        "batch_failed",
        "An operation failed, so nothing was applied; 'results' says which."
    );
}

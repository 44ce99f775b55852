using Fitnessify.Application.Common;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using FluentValidation;

namespace Fitnessify.Application.Tasks;

/// <summary>What an operation of a batch does.</summary>
public enum TaskOperationKind
{
    /// <summary>A new task, under the client's id or one of the server's; never changes one that is there.</summary>
    Create,

    /// <summary>A merge patch.</summary>
    Patch,

    /// <summary>Into the trash.</summary>
    Delete,
}

/// <summary>One operation of a batch.</summary>
/// <param name="Op">What to do.</param>
/// <param name="Id">The task; may be absent for create.</param>
/// <param name="IfMatch">The version that patch and delete expect.</param>
/// <param name="Task">What create and patch write; create needs a title.</param>
public sealed record TaskOperation(
    TaskOperationKind? Op,
    Guid? Id = null,
    long? IfMatch = null,
    TaskPatch? Task = null
);

/// <summary>The result of an operation.</summary>
/// <param name="Op">The kind of the operation.</param>
/// <param name="IsNew">Whether the operation has created the task.</param>
/// <param name="Task">The task as saved; null after a deletion or a failure.</param>
/// <param name="Error">The error; null after success.</param>
public sealed record TaskOperationResult(TaskOperationKind? Op, bool IsNew, TaskDto? Task, Error? Error);

/// <summary>A task after an operation that is not saved yet.</summary>
internal readonly record struct AppliedOperation(TaskItem Task, bool IsNew);

/// <summary>The result of a batch.</summary>
/// <param name="IsApplied">False if the batch was atomic and an operation failed, so that nothing was changed.</param>
/// <param name="Results">One result for each operation, in order.</param>
public sealed record BatchOutcome(bool IsApplied, IReadOnlyList<TaskOperationResult> Results);

internal sealed class TaskOperationValidator : RequestValidator<TaskOperation>
{
    public TaskOperationValidator()
    {
        RuleFor(operation => operation.Op).NotNull();
        RuleFor(operation => operation.Id).NotNull().When(operation => operation.Op != TaskOperationKind.Create);
        RuleFor(operation => operation.Task).NotNull().When(operation => operation.Op != TaskOperationKind.Delete);
    }
}

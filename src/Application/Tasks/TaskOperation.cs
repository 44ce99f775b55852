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

/// <summary>What became of an operation.</summary>
/// <param name="Op">What it was to do.</param>
/// <param name="IsNew">Whether it has made the task.</param>
/// <param name="Task">The task as saved; null after delete and failures.</param>
/// <param name="Error">Why not; null after success.</param>
public sealed record TaskOperationResult(TaskOperationKind? Op, bool IsNew, TaskDto? Task, Error? Error);

/// <summary>A task as an operation leaves it, not yet saved.</summary>
internal readonly record struct AppliedOperation(TaskItem Task, bool IsNew);

/// <summary>What became of a batch.</summary>
/// <param name="IsApplied">False when it was atomic and an operation failed: then nothing is changed.</param>
/// <param name="Results">One for each operation, in order.</param>
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

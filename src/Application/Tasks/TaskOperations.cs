using System.Globalization;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;

namespace Fitnessify.Application.Tasks;

/// <summary>Applies single operations of a batch without saving them.</summary>
internal sealed class TaskOperations(
    ICurrentUser currentUser,
    TaskWriter writer,
    TaskSeries series,
    ITaskRepository tasks
)
{
    private static readonly TaskPatchValidator PatchValidator = new();

    /// <summary>Returns the task after the operation, or the error.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="index">The position in the batch, for the paths of field errors.</param>
    /// <param name="now">The current time in UTC.</param>
    public async Task<Result<AppliedOperation>> ApplyAsync(
        TaskOperation operation,
        int index,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (Validate(operation, index) is { } invalid)
        {
            return invalid;
        }

        if (operation.Op == TaskOperationKind.Create)
        {
            var fields = series.Check(operation.Task!.ApplyTo(TaskPatch.NewTaskDefaults));
            return fields.IsSuccess
                ? await CreateAsync(operation, fields.Value, now, cancellationToken)
                : At(index, fields.Error);
        }

        var changed = await writer.ApplyAsync(
            operation.Id!.Value,
            new Precondition(operation.IfMatch is { } version ? new NamedVersions([version]) : null),
            (task, time) => Change(task, operation, time),
            includesDeleted: false,
            now,
            cancellationToken
        );
        return changed.IsSuccess ? new AppliedOperation(changed.Value, IsNew: false) : At(index, changed.Error);
    }

    /// <summary>Returns the error with the paths of its fields as members of the whole batch.</summary>
    public static Error At(int index, Error error) =>
        error.Within("operations", index.ToString(CultureInfo.InvariantCulture), "task");

    private Result Change(TaskItem task, TaskOperation operation, DateTimeOffset now)
    {
        if (operation.Op == TaskOperationKind.Patch)
        {
            return operation.Task!.ApplyTo(task.Fields).Then(fields => writer.Edit(task, fields, now));
        }

        task.Trash(now);
        return Result.Success;
    }

    private async Task<Result<AppliedOperation>> CreateAsync(
        TaskOperation operation,
        TaskFields fields,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var id = operation.Id ?? Guid.CreateVersion7(now);
        if (operation.Id is not null && await tasks.FindAsync(currentUser.Id, id, cancellationToken) is { } existing)
        {
            var repeated = await writer.RepeatCreateAsync(existing, found => found.Has(fields), now, cancellationToken);
            return repeated.Select(found => new AppliedOperation(found, IsNew: false));
        }

        var task = TaskItem.Create(id, currentUser.Id, fields, now);
        tasks.Add(task);
        return new AppliedOperation(task, IsNew: true);
    }

    private static Error? Validate(TaskOperation operation, int index)
    {
        var path = new[] { "operations", index.ToString(CultureInfo.InvariantCulture), "task" };
        var errors = operation.Task is null
            ? []
            : PatchValidator.Validate(operation.Task).Errors.Select(failure => failure.ToFieldError(path)).ToList();
        if (operation is { Op: TaskOperationKind.Create, Task.Title.IsPresent: false })
        {
            errors.Add(new FieldError([.. path, "title"], FieldErrorCodes.Required, "A new task needs a title."));
        }

        if (operation is { Op: TaskOperationKind.Create, Task.Checklist.Value: { } checklist })
        {
            errors.AddRange(
                checklist
                    .Where(item => item.Value is not { Title.IsPresent: true })
                    .Take(Error.MaxFields)
                    .Select(item => new FieldError(
                        [.. path, "checklist", item.Key, "title"],
                        FieldErrorCodes.Required,
                        "A new step needs a title."
                    ))
            );
        }

        return errors.Count > 0 ? CommonErrors.Validation(errors) : null;
    }
}

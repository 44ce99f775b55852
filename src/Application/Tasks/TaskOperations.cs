using System.Globalization;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;

namespace Fitnessify.Application.Tasks;

/// <summary>Carries out single operations of a batch, without saving.</summary>
internal sealed class TaskOperations(ICurrentUser currentUser, TaskWriter changer, ITaskRepository tasks)
{
    private static readonly TaskPatchValidator Shape = new();

    /// <summary>The task as it will be, or why not.</summary>
    /// <param name="operation">What to do.</param>
    /// <param name="index">Its place in the batch, for the pointers of what is wrong with it.</param>
    /// <param name="now">UTC.</param>
    public async Task<Result<AppliedOperation>> ApplyAsync(
        TaskOperation operation,
        int index,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (Invalid(operation, index) is { } invalid)
        {
            return invalid;
        }

        if (operation.Op == TaskOperationKind.Create)
        {
            return await CreateAsync(operation, now, cancellationToken);
        }

        var changed = await changer.ApplyAsync(
            operation.Id!.Value,
            new Precondition(operation.IfMatch is { } version ? new NamedVersions([version]) : null),
            (task, time) => Change(task, operation, time),
            inTrash: false,
            now,
            cancellationToken
        );
        return changed.Select(task => new AppliedOperation(task, IsNew: false));
    }

    private static Result Change(TaskItem task, TaskOperation operation, DateTimeOffset now)
    {
        if (operation.Op == TaskOperationKind.Patch)
        {
            return task.Edit(operation.Task!.ApplyTo(task.Fields), now);
        }

        task.Trash(now);
        return Result.Success;
    }

    private async Task<Result<AppliedOperation>> CreateAsync(
        TaskOperation operation,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var fields = operation.Task!.ApplyTo(TaskPatch.Blank);
        var id = operation.Id ?? Guid.CreateVersion7(now);
        if (operation.Id is not null && await tasks.FindAsync(currentUser.Id, id, cancellationToken) is { } taken)
        {
            var repeated = await changer.RepeatCreateAsync(taken, fields, now, cancellationToken);
            return repeated.Select(existing => new AppliedOperation(existing, IsNew: false));
        }

        var task = TaskItem.Create(id, currentUser.Id, fields, now);
        tasks.Add(task);
        return new AppliedOperation(task, IsNew: true);
    }

    private static Error? Invalid(TaskOperation operation, int index)
    {
        var place = new[] { "operations", index.ToString(CultureInfo.InvariantCulture), "task" };
        var errors = operation.Task is null
            ? []
            : Shape.Validate(operation.Task).Errors.Select(failure => failure.ToFieldError(place)).ToList();
        if (operation is { Op: TaskOperationKind.Create, Task.Title.IsPresent: false })
        {
            errors.Add(new FieldError([.. place, "title"], FieldErrorCodes.Required, "A new task needs a title."));
        }

        return errors.Count > 0 ? CommonErrors.Validation(errors) : null;
    }
}

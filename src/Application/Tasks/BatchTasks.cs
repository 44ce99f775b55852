using AutoMapper;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Lists;
using Fitnessify.Domain.Tasks;
using FluentValidation;
using MediatR;

namespace Fitnessify.Application.Tasks;

/// <summary>Several changes in one request, in order.</summary>
/// <param name="Operations">At most 100.</param>
/// <param name="Atomic">All or nothing; else each on its own.</param>
public sealed record BatchTasksCommand(IReadOnlyList<TaskOperation> Operations, bool Atomic = false)
    : IRequest<Result<BatchOutcome>>
{
    /// <summary>The largest number of operations in one batch.</summary>
    public const int MaxOperations = 100;
}

internal sealed class BatchTasksValidator : RequestValidator<BatchTasksCommand>
{
    public BatchTasksValidator()
    {
        RuleFor(command => command.Operations).NotEmpty();
        AtMost(
            BatchTasksCommand.MaxOperations,
            command => command.Operations,
            operation => operation.NotNull().SetValidator(new TaskOperationValidator())
        );
    }
}

internal sealed class BatchTasksHandler(
    ICurrentUser currentUser,
    TaskOperations operations,
    IListRepository lists,
    IUnitOfWork unitOfWork,
    IMapper mapper,
    TimeProvider clock
) : IRequestHandler<BatchTasksCommand, Result<BatchOutcome>>
{
    public Task<Result<BatchOutcome>> Handle(BatchTasksCommand request, CancellationToken cancellationToken) =>
        request.Atomic ? RunAtomicAsync(request, cancellationToken) : RunEachAsync(request, cancellationToken);

    private async Task<Result<BatchOutcome>> RunEachAsync(
        BatchTasksCommand request,
        CancellationToken cancellationToken
    )
    {
        List<TaskOperationResult> results = [];
        foreach (var (index, operation) in request.Operations.Index())
        {
            Result<AppliedOperation> applied;
            Result saved;
            var now = clock.Now();
            var attempt = 0;
            do
            {
                applied = await operations.ApplyAsync(operation, index, now, cancellationToken);
                saved = applied.IsSuccess ? await unitOfWork.SaveChangesAsync(cancellationToken) : Result.Success;
            } while (TaskWriter.ShouldRetry(saved, attempt++));

            results.Add(
                ToResult(
                    operation,
                    applied.IsSuccess && !saved.IsSuccess ? TaskOperations.At(index, saved.Error) : applied,
                    now
                )
            );
        }

        return new BatchOutcome(true, results);
    }

    private async Task<Result<BatchOutcome>> RunAtomicAsync(
        BatchTasksCommand request,
        CancellationToken cancellationToken
    )
    {
        for (var attempt = 0; ; attempt++)
        {
            var now = clock.Now();
            List<Result<AppliedOperation>> applied = [];
            foreach (var (index, operation) in request.Operations.Index())
            {
                applied.Add(await operations.ApplyAsync(operation, index, now, cancellationToken));
            }

            var saved = applied.All(result => result.IsSuccess)
                ? await unitOfWork.SaveChangesAsync(cancellationToken)
                : TaskErrors.BatchFailed;
            if (TaskWriter.ShouldRetry(saved, attempt))
            {
                continue;
            }

            var liveLists = saved.Error == TaskErrors.ListNotAllowed ? await FindListsAsync(cancellationToken) : [];
            var outcomes = saved.IsSuccess
                ? applied
                : applied
                    .Zip(request.Operations)
                    .Select((of, index) => ToFailure(of.Second, index, of.First, saved.Error, liveLists));
            return new BatchOutcome(
                saved.IsSuccess,
                [.. outcomes.Zip(request.Operations, (result, operation) => ToResult(operation, result, now))]
            );
        }
    }

    // In a failed atomic batch, the operations without an error of their own were not applied either. That an id belongs to
    // another user, or that there are too many tasks, shows only in the save, which does not reveal the operation. So the error
    // goes to every operation with a new task that can be the cause.
    private static Result<AppliedOperation> ToFailure(
        TaskOperation operation,
        int index,
        Result<AppliedOperation> result,
        Error error,
        HashSet<Guid> liveLists
    ) =>
        !result.IsSuccess ? result
        : error == TaskErrors.ListNotAllowed
            ? operation is { Op: not TaskOperationKind.Delete, Task.ListId.Value: { } listId }
                && !liveLists.Contains(listId)
                    ? TaskOperations.At(index, error)
                : TaskErrors.BatchFailed
        : operation.Op == TaskOperationKind.Create && (operation.Id is not null || error == CommonErrors.LimitReached)
            ? error
        : error == CommonErrors.LimitReached
        && operation.Task?.Status.Value is not null
        && result.Value.Task is { IsOpen: false, NextOccurrence: not null }
            ? error
        : TaskErrors.BatchFailed;

    private async Task<HashSet<Guid>> FindListsAsync(CancellationToken cancellationToken) =>
        [.. (await lists.ListAsync(currentUser.Id, cancellationToken)).Select(list => list.Id)];

    private TaskOperationResult ToResult(
        TaskOperation operation,
        Result<AppliedOperation> result,
        DateTimeOffset now
    ) =>
        new(
            operation.Op,
            result is { IsSuccess: true, Value.IsNew: true },
            result.IsSuccess && operation.Op != TaskOperationKind.Delete ? mapper.ToDto(result.Value.Task, now) : null,
            result.Error
        );
}

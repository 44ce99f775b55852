using AutoMapper;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Common;
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
    /// <summary>In one batch.</summary>
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
    TaskOperations operations,
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
            } while (IsWorthAnotherTry(saved, attempt++));

            results.Add(ToResult(operation, applied.IsSuccess && !saved.IsSuccess ? saved.Error : applied, now));
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
            if (IsWorthAnotherTry(saved, attempt))
            {
                continue;
            }

            var outcomes = saved.IsSuccess
                ? applied
                : applied.Zip(request.Operations, (result, of) => Undo(of, result, saved.Error));
            return new BatchOutcome(
                saved.IsSuccess,
                [.. outcomes.Zip(request.Operations, (result, operation) => ToResult(operation, result, now))]
            );
        }
    }

    // A task was changed meanwhile; or an id for a new task is in use: by a retry of this very batch, then it is found the
    // second time, or by somebody else.
    private static bool IsWorthAnotherTry(Result saved, int attempt) =>
        saved.Error == TaskErrors.PreconditionFailed || (saved.Error == CommonErrors.NotFound && attempt == 0);

    // What is right was not done either. That an id is somebody else's, or that there are too many tasks, shows only when all
    // are saved, and not whose operation it was: then any new task, or one that brought its id, may be it.
    private static Result<AppliedOperation> Undo(
        TaskOperation operation,
        Result<AppliedOperation> result,
        Error error
    ) =>
        !result.IsSuccess ? result
        : operation.Op == TaskOperationKind.Create && (operation.Id is not null || error == TaskErrors.LimitReached)
            ? error
        : TaskErrors.BatchFailed;

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

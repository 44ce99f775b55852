using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using Microsoft.AspNetCore.Mvc;

namespace Fitnessify.WebApi.Http.Errors;

/// <summary>What became of a batch.</summary>
/// <param name="Results">One for each operation, in order.</param>
public sealed record BatchResultsBody(IReadOnlyList<BatchResultBody> Results)
{
    internal static BatchResultsBody From(HttpRequest request, BatchOutcome outcome) =>
        new([.. outcome.Results.Select(result => BatchResultBody.From(request, result))]);

    internal static Error Failed(HttpRequest request, BatchOutcome outcome) =>
        TaskErrors.BatchFailed with
        {
            Details = new Dictionary<string, object> { ["results"] = From(request, outcome).Results },
        };
}

/// <summary>What became of one operation.</summary>
/// <param name="Status">As the operation's own route would have answered.</param>
/// <param name="Task">The task as saved; null after a deletion or a failure.</param>
/// <param name="Problem">Why it failed; null after success.</param>
public sealed record BatchResultBody(int Status, TaskDto? Task, ProblemDetails? Problem)
{
    internal static BatchResultBody From(HttpRequest request, TaskOperationResult result) =>
        new(
            result.Error is { } error
                ? Problems.StatusOf(error.Kind)
                : result.Op switch
                {
                    TaskOperationKind.Create when result.IsNew => StatusCodes.Status201Created,
                    TaskOperationKind.Delete => StatusCodes.Status204NoContent,
                    _ => StatusCodes.Status200OK,
                },
            result.Task,
            result.Error is null ? null : Problems.Describe(request, result.Error)
        );
}

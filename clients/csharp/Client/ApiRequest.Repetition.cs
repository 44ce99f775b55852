using System.Text.Json;

namespace Fitnessify.Client;

internal sealed partial class ApiRequest
{
    /// <summary>A repeatable call may be sent again when its response was lost (RFC 9110, 9.2.2).</summary>
    public bool IsRepeatable
    {
        // A second time, these would fail, because the password or the code has been used up, or the guest is a member already.
        get =>
            field
            || (
                (Method is "GET" or "PUT" or "DELETE" || HasHeader("If-Match"))
                && Path is not ("api/v1/users/me/password" or "api/v1/users/me/email" or "api/v1/users/me/registration")
            )
            || (_body is BatchTasksCommand batch && IsRepeatableBatch(batch));
        set;
    }

    /// <summary>The result is true when the problem only shows that an earlier attempt of this call succeeded.</summary>
    public bool WasDone(Problem problem)
    {
        if (Method == "DELETE")
        {
            return problem.Code == ErrorCode.NotFound;
        }

        if (problem.Code != ErrorCode.PreconditionFailed || problem.Current is not { } stored)
        {
            return false;
        }

        var isApplied = _body is null
            ? Path.EndsWith("/restore", StringComparison.Ordinal)
                && stored.TryGetProperty("deletedAt", out var deleted)
                && deleted.ValueKind == JsonValueKind.Null
            : ApiJson.Write(_body).EnumerateObject().All(sent => JsonComparison.IsSame(sent, stored));
        return (Method == "PUT" && HasHeader("If-None-Match")) || (HasHeader("If-Match") && isApplied);
    }

    /// <summary>
    /// Turns results of a batch that only show that an earlier attempt of it succeeded into successes. Other results, and those of
    /// other calls, stay as they are.
    /// </summary>
    public void Settle(object? answer)
    {
        if (_body is not BatchTasksCommand batch || answer is not BatchResultsBody { Results: var results })
        {
            return;
        }

        foreach (var (operation, result) in batch.Operations.Zip(results, (operation, result) => (operation, result)))
        {
            if (result.Problem is { } problem && RequestOf(operation).WasDone(problem))
            {
                result.Task = problem.Current is { } stored ? ApiJson.Read<TaskDto>(stored) : null;
                result.Status = result.Task is null ? 204 : 200;
                result.Problem = null;
            }
        }
    }

    // An atomic batch would fail as a whole the second time, and an operation can hide what an earlier one of the same task has done.
    private static bool IsRepeatableBatch(BatchTasksCommand batch) =>
        batch.Atomic is not true
        && batch.Operations.Select(operation => operation.Id).Distinct().Count() == batch.Operations.Count
        && batch.Operations.All(operation =>
            operation.Op == TaskOperationKind.Create ? operation.Id is not null : operation.IfMatch is not null
        );

    // The request that would do the same as the operation.
    private static ApiRequest RequestOf(TaskOperation operation)
    {
        var path = $"api/v1/tasks/{operation.Id}";
        return operation.Op switch
        {
            TaskOperationKind.Create => new ApiRequest("PUT", path)
                .WithHeader("If-None-Match", "*")
                .WithBody(operation.Task),
            TaskOperationKind.Patch => new ApiRequest("PATCH", path)
                .WithHeader("If-Match", $"\"{operation.IfMatch}\"")
                .WithBody(operation.Task),
            _ => new ApiRequest("DELETE", path),
        };
    }
}

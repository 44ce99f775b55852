using Fitnessify.Domain.Common;
using Fitnessify.WebApi.Http.Errors;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Fitnessify.WebApi.Controllers;

/// <summary>Base of all controllers: an action sends one request and turns its outcome into an answer.</summary>
[ApiController]
[Produces("application/json")]
public abstract class ApiController(IMediator sender) : ControllerBase
{
    /// <summary>Sends requests to their handlers.</summary>
    protected IMediator Sender => sender;

    /// <summary>The answer to a success, or the failure as problem details.</summary>
    protected static ActionResult Respond<T>(Result<T> result, Func<T, ActionResult> onSuccess)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(onSuccess);
        return result.IsSuccess ? onSuccess(result.Value) : new ProblemResult(result.Error);
    }

    /// <summary>202, or the failure as problem details.</summary>
    protected static ActionResult RespondAccepted(Result result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.IsSuccess ? new AcceptedResult() : new ProblemResult(result.Error);
    }

    /// <summary>204, or the failure as problem details.</summary>
    protected static ActionResult Respond(Result result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.IsSuccess ? new NoContentResult() : new ProblemResult(result.Error);
    }
}

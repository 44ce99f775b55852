using Fitnessify.Domain.Common;
using Fitnessify.WebApi.Http.Errors;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Fitnessify.WebApi.Controllers;

/// <summary>An action sends one request and turns its result into a response.</summary>
[ApiController]
[Produces("application/json")]
public abstract class ApiController(IMediator sender) : ControllerBase
{
    protected IMediator Sender => sender;

    protected StatusCodeResult NotModified => StatusCode(StatusCodes.Status304NotModified);

    protected static ActionResult Respond<T>(Result<T> result, Func<T, ActionResult> onSuccess)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(onSuccess);
        return result.IsSuccess ? onSuccess(result.Value) : new ProblemResult(result.Error);
    }

    protected static ActionResult RespondAccepted(Result result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.IsSuccess ? new AcceptedResult() : new ProblemResult(result.Error);
    }

    protected static ActionResult RespondOk(Result result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.IsSuccess ? new OkResult() : new ProblemResult(result.Error);
    }

    protected static ActionResult Respond(Result result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.IsSuccess ? new NoContentResult() : new ProblemResult(result.Error);
    }

    /// <summary>Sets the ETag header and returns the item, so that it fits into an expression.</summary>
    protected T WithETag<T>(T item, string tag)
    {
        Response.Headers.ETag = tag;
        return item;
    }
}

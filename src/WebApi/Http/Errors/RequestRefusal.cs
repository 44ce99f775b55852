using Fitnessify.Domain.Common;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Fitnessify.WebApi.Http.Errors;

/// <summary>
/// The filter refuses a request because of its headers, before its body is read. The lowest order runs first.
/// </summary>
internal sealed class RequestRefusal(Func<HttpRequest, Error?> findError, int order = 0)
    : IResourceFilter,
        IOrderedFilter
{
    public int Order => order;

    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        if (findError(context.HttpContext.Request) is { } refusal)
        {
            context.Result = new ProblemResult(refusal);
        }
    }

    public void OnResourceExecuted(ResourceExecutedContext context) { }
}

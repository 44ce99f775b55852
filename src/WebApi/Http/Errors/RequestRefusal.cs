using Fitnessify.Domain.Common;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Fitnessify.WebApi.Http.Errors;

/// <summary>Refuses a request for what its head says, before its body is read.</summary>
/// <param name="findError">Why not, or null.</param>
/// <param name="order">Among the filters of an action: the lowest comes first.</param>
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

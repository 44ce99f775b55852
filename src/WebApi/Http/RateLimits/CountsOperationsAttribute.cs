using Fitnessify.Application.Tasks;
using Fitnessify.WebApi.Http.Errors;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Fitnessify.WebApi.Http.RateLimits;

/// <summary>Each operation of a batch counts as one request; the request itself has already counted the first.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CountsOperationsAttribute : ActionFilterAttribute
{
    public override void OnActionExecuting(ActionExecutingContext context)
    {
        var further =
            context.ActionArguments.Values.OfType<BatchTasksCommand>().Sum(batch => batch.Operations?.Count) - 1;
        if (
            further > 0
            && context.HttpContext.Features.Get<RateLimitCharge>()?.TakeFurtherOrRefuse(further.Value) is { } refusal
        )
        {
            context.Result = new ProblemResult(refusal);
        }
    }
}

using Fitnessify.Application.Tasks;
using Fitnessify.WebApi.Http.Errors;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Fitnessify.WebApi.Http.RateLimits;

/// <summary>Counts each operation of a batch like a request of its own; the first has been counted with the request.</summary>
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

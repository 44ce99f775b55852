using Fitnessify.Domain.Common;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Fitnessify.WebApi.Http;

/// <summary>
/// Refuses parameters of the query that an action does not have. MVC passes over them, so that a filter that is misspelled, or
/// written as <c>status[]</c>, would list everything.
/// </summary>
internal sealed class KnownParameters : IActionModelConvention
{
    public void Apply(ActionModel action) =>
        action.Filters.Add(
            new Refusal(
                action
                    .Parameters.Where(parameter => parameter.BindingInfo?.BindingSource == BindingSource.Query)
                    .Select(parameter => parameter.BindingInfo?.BinderModelName ?? parameter.Name)
                    .ToHashSet(StringComparer.OrdinalIgnoreCase)
            )
        );

    private sealed class Refusal(HashSet<string> known) : IResourceFilter
    {
        public void OnResourceExecuting(ResourceExecutingContext context)
        {
            var query = context.HttpContext.Request.Query;
            if (query.Count > 0 && query.Keys.Where(name => !known.Contains(name)).ToList() is [_, ..] unknown)
            {
                context.Result = new ProblemResult(CommonErrors.Validation([.. unknown.Select(Describe)]));
            }
        }

        public void OnResourceExecuted(ResourceExecutedContext context) { }

        private static FieldError Describe(string name) =>
            new([name], FieldErrorCodes.NotAllowed, "This parameter is not known here.") { IsParameter = true };
    }
}

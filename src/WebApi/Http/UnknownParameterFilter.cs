using Fitnessify.Domain.Common;
using Fitnessify.WebApi.Http.Errors;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Fitnessify.WebApi.Http;

/// <summary>
/// The filter refuses unknown query parameters. MVC ignores them, so that a misspelled filter, or <c>status[]</c>, would list
/// everything.
/// </summary>
internal sealed class UnknownParameterFilter : IActionModelConvention
{
    public void Apply(ActionModel action)
    {
        var known = action
            .Parameters.Where(parameter => parameter.BindingInfo?.BindingSource == BindingSource.Query)
            .Select(parameter => parameter.BindingInfo?.BinderModelName ?? parameter.Name)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        action.Filters.Add(new RequestRefusal(request => FindError(request, known)));
    }

    private static Error? FindError(HttpRequest request, HashSet<string> known) =>
        request.Query.Count > 0 && request.Query.Keys.Where(name => !known.Contains(name)).ToList() is [_, ..] unknown
            ? CommonErrors.Validation([.. unknown.Select(Describe)])
            : null;

    private static FieldError Describe(string name) =>
        new([name], FieldErrorCodes.NotAllowed, "This parameter is not known here.") { IsParameter = true };
}

using Fitnessify.Domain.Common;
using Fitnessify.WebApi.Http.Errors;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Net.Http.Headers;

namespace Fitnessify.WebApi.Http;

/// <summary>
/// This filter refuses an empty If-Match or If-None-Match. MVC treats an empty header as absent, so a client that lost the
/// tag of its copy would overwrite later changes.
/// </summary>
internal sealed class EntityTagHeaders : IActionModelConvention
{
    private static readonly string[] Names = [HeaderNames.IfMatch, HeaderNames.IfNoneMatch];

    public void Apply(ActionModel action)
    {
        var asked = Names.Intersect(
            action
                .Parameters.Where(parameter => parameter.BindingInfo?.BindingSource == BindingSource.Header)
                .Select(parameter => parameter.BindingInfo?.BinderModelName ?? parameter.Name)
        );
        if (asked.ToList() is [_, ..] names)
        {
            action.Filters.Add(new RequestRefusal(request => FindError(request.Headers, names)));
        }
    }

    private static Error? FindError(IHeaderDictionary headers, IReadOnlyList<string> names)
    {
        var empty = names.Where(name => headers.TryGetValue(name, out var values) && ETags.IsEmpty(values.ToString()));
        return empty.ToList() is [_, ..] refused ? CommonErrors.Validation([.. refused.Select(Describe)]) : null;
    }

    private static FieldError Describe(string name) =>
        new(
            [name],
            FieldErrorCodes.InvalidFormat,
            "Send the ETag of a copy with its quotes, several of them, or *; or leave the header away."
        )
        {
            IsParameter = true,
        };
}

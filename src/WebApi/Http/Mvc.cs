using System.Text.Json;
using Fitnessify.Domain.Common;
using Fitnessify.WebApi.Http.Errors;
using Fitnessify.WebApi.Http.Json;
using Fitnessify.WebApi.Http.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ActionConstraints;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Net.Http.Headers;

namespace Fitnessify.WebApi.Http;

/// <summary>This configures MVC so that every failure has the same format.</summary>
internal static class Mvc
{
    public static void Configure(MvcOptions options)
    {
        options.InputFormatters.Clear();
        options.InputFormatters.Add(new JsonBody());
        // The last one is that of the framework for JSON.
        options.OutputFormatters.Insert(options.OutputFormatters.Count - 1, new JsonResponse());
        // No route takes a form.
        options.ValueProviderFactories.RemoveType<FormValueProviderFactory>();
        options.ValueProviderFactories.RemoveType<FormFileValueProviderFactory>();
        options.ValueProviderFactories.RemoveType<JQueryFormValueProviderFactory>();
        // The use cases validate their own requests.
        options.ModelValidatorProviders.Clear();
        // MVC would still look for something to validate in each member of a body.
        options.ModelMetadataDetailsProviders.Add(new SuppressChildValidationMetadataProvider(typeof(object)));
        options.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
        options.ModelBinderProviders.Insert(0, new DecimalNumbers());
        options.Conventions.Add(new HeadForEveryGet());
        options.Conventions.Add(new AcceptHeaderCheck());
        options.Conventions.Add(new UnknownParameterFilter());
        options.Conventions.Add(new EntityTagHeaders());
        options.Filters.Add(new GuestAnswers());
    }

    public static void Configure(ApiBehaviorOptions options)
    {
        options.SuppressMapClientErrors = true;
        options.InvalidModelStateResponseFactory = context => new ProblemResult(Explain(context));
    }

    private static Error Explain(ActionContext context)
    {
        if (context.HttpContext.Features.Get<InvalidBody>() is { } refused)
        {
            return refused.Error;
        }

        var parameters = context
            .ModelState.Where(entry => entry.Value!.Errors.Count > 0 && entry.Key.Length > 0)
            .Select(entry => new FieldError(
                [JsonNamingPolicy.CamelCase.ConvertName(entry.Key)],
                FieldErrorCodes.InvalidType,
                "The value does not have the documented type."
            ))
            .ToList();
        // An error without a name concerns the whole body, which is missing.
        return parameters.Count > 0 ? CommonErrors.Validation(parameters) : HttpErrors.MalformedJson;
    }

    /// <summary>HEAD is supported wherever GET is (RFC 9110, 9.3.2).</summary>
    private sealed class HeadForEveryGet : IActionModelConvention
    {
        private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

        public void Apply(ActionModel action)
        {
            foreach (var selector in action.Selectors)
            {
                for (var i = 0; i < selector.EndpointMetadata.Count; i++)
                {
                    if (selector.EndpointMetadata[i] is IHttpMethodMetadata { HttpMethods: ["GET"] })
                    {
                        selector.EndpointMetadata[i] = new HttpMethodMetadata(Methods);
                        selector.ActionConstraints.Clear();
                        selector.ActionConstraints.Add(new HttpMethodActionConstraint(Methods));
                    }
                }
            }
        }
    }

    /// <summary>
    /// The filter refuses a client that does not accept the produced media type before the action runs, not after.
    /// </summary>
    private sealed class AcceptHeaderCheck : IActionModelConvention
    {
        // The media type of the action overrides that of its controller.
        public void Apply(ActionModel action)
        {
            var type = action
                .Attributes.Concat(action.Controller.Attributes)
                .OfType<ProducesAttribute>()
                .Select(produces => MediaTypeHeaderValue.Parse(produces.ContentTypes[0]))
                .First();
            // The filter runs before those that check the media type of the body.
            action.Filters.Add(new RequestRefusal(request => FindError(request, type), int.MinValue));
        }

        private static Error? FindError(HttpRequest request, MediaTypeHeaderValue type) =>
            request.Headers.Accept.Count > 0 && !IsAcceptable(request, type) ? HttpErrors.NotAcceptable : null;

        private static bool IsAcceptable(HttpRequest request, MediaTypeHeaderValue type)
        {
            var accepted = request.GetTypedHeaders().Accept;
            // Media type parameters are ignored: a charset, for instance, means nothing because JSON is always UTF-8.
            return accepted.Count == 0
                || accepted.Any(range =>
                    range.Quality is not 0
                    && (
                        range.MatchesAllTypes
                        || range.MatchesMediaType(type.MediaType)
                        || (
                            range.MatchesAllSubTypes && range.Type.Equals(type.Type, StringComparison.OrdinalIgnoreCase)
                        )
                    )
                );
        }
    }
}

using System.Globalization;
using System.Text.Json;
using Fitnessify.Domain.Admin;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Fitnessify.WebApi.Http.OpenApi;

/// <summary>Names operations, says who may call them, and lists every failure with its codes.</summary>
internal sealed class OperationTransformer : IOpenApiOperationTransformer
{
    private static readonly string[] AnyRoute =
    [
        "https_required",
        "not_acceptable",
        "rate_limited",
        "internal_error",
        "service_unavailable",
    ];

    private static readonly string[] WithInput = ["validation_failed"];
    private static readonly string[] WithBody =
    [
        "malformed_json",
        "unknown_member",
        "payload_too_large",
        "unsupported_media_type",
    ];

    private static readonly string[] WithSession =
    [
        SessionErrors.Unauthenticated.Code,
        SessionErrors.TokenExpired.Code,
        SessionErrors.SessionRevoked.Code,
    ];

    private static readonly string[] WithPermission = [AdminErrors.PermissionDenied.Code];

    public Task TransformAsync(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var isAnonymous = metadata.OfType<IAllowAnonymous>().Any();
        operation.OperationId = NameOf(context.Description.ActionDescriptor);
        operation.Security = isAnonymous
            ? []
            :
            [
                new OpenApiSecurityRequirement
                {
                    [new OpenApiSecuritySchemeReference(DocumentTransformer.SecurityScheme, context.Document)] = [],
                },
            ];
        foreach (
            var limit in operation.Parameters?.OfType<OpenApiParameter>().Where(parameter => parameter.Name == "limit")
                ?? []
        )
        {
            var schema = (OpenApiSchema)limit.Schema!;
            schema.Minimum = PageRequest.MinLimit.ToString(CultureInfo.InvariantCulture);
            schema.Maximum = PageRequest.MaxLimit.ToString(CultureInfo.InvariantCulture);
        }

        // An optional body is described as "null or this", which the generators of clients do not understand.
        foreach (var media in operation.RequestBody?.Content?.Values ?? [])
        {
            media.Schema = media.Schema is OpenApiSchema { OneOf: [_, var body] } ? body : media.Schema;
        }

        // The framework puts the text of the last parameter there, which is that of the cancellation token.
        operation.RequestBody?.Description = null;

        // The action's own comes after that of its controller, and replaces it.
        var produced = metadata.OfType<ProducesAttribute>().Last().ContentTypes;
        foreach (
            var content in operation
                .Responses!.Values.Select(answer => answer.Content)
                .OfType<IDictionary<string, OpenApiMediaType>>()
        )
        {
            foreach (var type in content.Keys.Except(produced).ToList())
            {
                content.Remove(type);
            }
        }

        foreach (var group in CodesOf(operation, metadata, isAnonymous).GroupBy(StatusOf).OrderBy(group => group.Key))
        {
            operation.Responses![group.Key.ToString(CultureInfo.InvariantCulture)] = Failure(group, context.Document);
        }

        return Task.CompletedTask;
    }

    /// <summary>auth_register, users_getMe.</summary>
    private static string NameOf(ActionDescriptor descriptor) =>
        descriptor is ControllerActionDescriptor action
            ? $"{JsonNamingPolicy.CamelCase.ConvertName(action.ControllerName)}_{JsonNamingPolicy.CamelCase.ConvertName(action.ActionName)}"
            : throw new InvalidOperationException($"{descriptor.DisplayName} is no controller's action.");

    private static IEnumerable<string> CodesOf(OpenApiOperation operation, IList<object> metadata, bool isAnonymous)
    {
        var hasBody = operation.RequestBody is not null;
        var hasInput = hasBody || operation.Parameters is { Count: > 0 };
        return metadata
            .OfType<FailsAttribute>()
            .SelectMany(fails => fails.Codes)
            .Concat(AnyRoute)
            .Concat(hasInput ? WithInput : [])
            .Concat(hasBody ? WithBody : [])
            .Concat(isAnonymous ? [] : WithSession)
            .Concat(metadata.OfType<IAuthorizeData>().Any(data => data.Policy is not null) ? WithPermission : []);
    }

    private static int StatusOf(string code) => Problems.StatusOf(ErrorCatalogue.ByCode[code].Kind);

    private static OpenApiResponse Failure(IEnumerable<string> codes, OpenApiDocument? document)
    {
        var errors = codes.Select(code => ErrorCatalogue.ByCode[code]).ToList();
        return new OpenApiResponse
        {
            Description = string.Join(" ", errors.Select(error => $"`{error.Code}`: {error.Message}")),
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [Problems.ContentType] = new OpenApiMediaType
                {
                    Schema = new OpenApiSchemaReference(DocumentTransformer.ProblemSchema, document),
                    Examples = errors.ToDictionary(
                        error => error.Code,
                        IOpenApiExample (error) => new OpenApiExampleReference(error.Code, document)
                    ),
                },
            },
        };
    }
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using FluentValidation;
using FluentValidation.Validators;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Fitnessify.WebApi.Http;

/// <summary>What the document says as a whole: title, bearer sign-in, the shape of failures.</summary>
internal sealed class DocumentTransformer : IOpenApiDocumentTransformer
{
    public const string ProblemSchema = "Problem";
    public const string SecurityScheme = "bearer";

    public Task TransformAsync(
        OpenApiDocument document,
        OpenApiDocumentTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        document.Info = new OpenApiInfo
        {
            Title = "Fitnessify API",
            Version = "v1",
            Description =
                "Accounts, sessions and tasks for mobile apps. Failures are application/problem+json (RFC 9457); "
                + "their member code is stable and says what to do.",
        };
        // The document is the same wherever it is served.
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [SecurityScheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "The accessToken of POST /api/v1/auth/login.",
            },
        };
        document.AddComponent(ProblemSchema, CreateProblemSchema());
        return Task.CompletedTask;
    }

    private static OpenApiSchema CreateProblemSchema() =>
        new()
        {
            Type = JsonSchemaType.Object,
            Description = "A failure (RFC 9457).",
            Required = new HashSet<string> { "type", "title", "status", "detail", "instance", "code", "traceId" },
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["type"] = Text("Identifies the kind of failure."),
                ["title"] = Text("The kind of failure in a few words."),
                ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" },
                ["detail"] = Text("One sentence for a developer."),
                ["instance"] = Text("The path of the request."),
                ["code"] = Text("Stable name of the failure; decide by this."),
                ["traceId"] = Text("Finds the request in the server's log."),
                ["reasons"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.Array,
                    Description = "Only with password_rejected: why.",
                    Items = new OpenApiSchema { Type = JsonSchemaType.String },
                },
                ["errors"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.Array,
                    Description = "Only with validation_failed and unknown_member: each wrong value.",
                    Items = new OpenApiSchema
                    {
                        Type = JsonSchemaType.Object,
                        Required = new HashSet<string> { "code", "detail" },
                        Properties = new Dictionary<string, IOpenApiSchema>
                        {
                            ["pointer"] = Text("The member, as a JSON pointer (RFC 6901), for instance #/username."),
                            ["parameter"] = Text("The query parameter."),
                            ["code"] = Text("What is wrong, for instance required."),
                            ["detail"] = Text("One sentence for a developer."),
                        },
                    },
                },
            },
        };

    private static OpenApiSchema Text(string description) =>
        new() { Type = JsonSchemaType.String, Description = description };
}

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
        foreach (var group in CodesOf(operation, metadata, isAnonymous).GroupBy(StatusOf).OrderBy(group => group.Key))
        {
            operation.Responses![group.Key.ToString(CultureInfo.InvariantCulture)] = Failure(group, context.Document);
        }

        return Task.CompletedTask;
    }

    /// <summary>auth_register, users_getMe.</summary>
    private static string NameOf(Microsoft.AspNetCore.Mvc.Abstractions.ActionDescriptor descriptor) =>
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
            .Concat(isAnonymous ? [] : WithSession);
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
                    Examples = errors.ToDictionary(error => error.Code, IOpenApiExample (error) => Example(error)),
                },
            },
        };
    }

    private static OpenApiExample Example(Error error) =>
        new()
        {
            Value = new JsonObject
            {
                ["type"] = $"urn:fitnessify:error:{error.Code}",
                ["title"] = Problems.TitleOf(error.Code),
                ["status"] = Problems.StatusOf(error.Kind),
                ["detail"] = error.Message,
                ["instance"] = "/api/v1/…",
                ["code"] = error.Code,
                ["traceId"] = "4bf92f3577b34da6a3ce929d0e0e4736",
            },
        };
}

/// <summary>Takes limits from the validators, and says of answers that no member is ever missing.</summary>
internal sealed class SchemaTransformer(IServiceProvider services) : IOpenApiSchemaTransformer
{
    public Task TransformAsync(
        OpenApiSchema schema,
        OpenApiSchemaTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        var type = context.JsonTypeInfo.Type;
        if (type.Name.EndsWith("Dto", StringComparison.Ordinal))
        {
            schema.Required = schema.Properties?.Keys.ToHashSet();
        }

        if (services.GetService(typeof(IValidator<>).MakeGenericType(type)) is IValidator validator)
        {
            // By default each constructor parameter counts as required, the optional ones too.
            schema.Required = null;
            foreach (var member in validator.CreateDescriptor().GetMembersWithValidators())
            {
                Constrain(
                    schema,
                    JsonNamingPolicy.CamelCase.ConvertName(member.Key),
                    member.Select(rule => rule.Validator)
                );
            }
        }

        return Task.CompletedTask;
    }

    private static void Constrain(OpenApiSchema schema, string name, IEnumerable<IPropertyValidator> rules)
    {
        if (
            schema.Properties is null
            || !schema.Properties.TryGetValue(name, out var found)
            || found is not OpenApiSchema property
        )
        {
            return;
        }

        foreach (var rule in rules)
        {
            switch (rule)
            {
                case INotEmptyValidator:
                    (schema.Required ??= new HashSet<string>()).Add(name);
                    property.Type &= ~JsonSchemaType.Null;
                    break;
                case IMinimumLengthValidator { Min: var min }:
                    property.MinLength = min;
                    break;
                case IMaximumLengthValidator { Max: var max }:
                    property.MaxLength = max;
                    break;
                case IRegularExpressionValidator { Expression: var expression }:
                    // The anchors of .NET in those of ECMA 262.
                    property.Pattern = expression
                        .Replace(@"\A", "^", StringComparison.Ordinal)
                        .Replace(@"\z", "$", StringComparison.Ordinal);
                    break;
            }
        }
    }
}

using System.Text.Json.Nodes;
using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Common;
using Fitnessify.WebApi.Controllers;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Fitnessify.WebApi.Http.OpenApi;

/// <summary>What the document says as a whole: title, bearer sign-in, the shape of failures.</summary>
internal sealed class DocumentTransformer : IOpenApiDocumentTransformer
{
    public const string ProblemSchema = "Problem";
    public const string SecurityScheme = "bearer";

    private const string ErrorCodeSchema = "ErrorCode";
    private const string FieldErrorSchema = "FieldError";

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
                "Accounts, sessions, tasks and administration for mobile apps. Failures are application/problem+json (RFC 9457); "
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
        // Not AddComponent: the framework has one of its own, without our members.
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        document.Components.Schemas[ProblemSchema] = CreateProblemSchema(document);
        document.AddComponent(ErrorCodeSchema, CreateErrorCodeSchema());
        document.AddComponent(FieldErrorSchema, CreateFieldErrorSchema());
        foreach (var error in ErrorCatalogue.ByCode.Values.OrderBy(error => error.Code, StringComparer.Ordinal))
        {
            document.AddComponent(error.Code, Example(error));
        }

        return Task.CompletedTask;
    }

    private static OpenApiSchema CreateErrorCodeSchema() =>
        new()
        {
            Type = JsonSchemaType.String,
            Description = "What can fail. Codes are never renamed; expect more of them in time.",
            Enum = [.. ErrorCatalogue.ByCode.Keys.Order(StringComparer.Ordinal).Select(code => (JsonNode)code)],
        };

    private static OpenApiSchema CreateFieldErrorSchema() =>
        new()
        {
            Type = JsonSchemaType.Object,
            Description = "A wrong value.",
            Required = new HashSet<string> { "code", "detail" },
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["pointer"] = Text("The member, as a JSON pointer (RFC 6901), for instance #/username."),
                ["parameter"] = Text("The query parameter."),
                ["code"] = Text("What is wrong, for instance required."),
                ["detail"] = Text("One sentence for a developer."),
            },
        };

    private static OpenApiSchema CreateProblemSchema(OpenApiDocument document) =>
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
                ["code"] = new OpenApiSchema
                {
                    Description = "Stable name of the failure; decide by this.",
                    AllOf = [new OpenApiSchemaReference(ErrorCodeSchema, document)],
                },
                ["traceId"] = Text("Finds the request in the server's log."),
                ["reasons"] = ListOf(
                    new OpenApiSchema { Type = JsonSchemaType.String },
                    "Only with password_rejected: why."
                ),
                ["mfaToken"] = Text("Only with mfa_required: stands for the right password in the second step."),
                ["methods"] = ListOf(
                    new OpenApiSchema { Type = JsonSchemaType.String },
                    "Only with mfa_required: what the second step takes, totp or recoveryCode."
                ),
                ["errors"] = ListOf(
                    new OpenApiSchemaReference(FieldErrorSchema, document),
                    "Only with validation_failed and unknown_member: each wrong value."
                ),
                ["current"] = new OpenApiSchema
                {
                    Description = "Only with precondition_failed: the task as it is.",
                    AllOf = [new OpenApiSchemaReference(nameof(TaskDto), document)],
                },
                ["results"] = ListOf(
                    new OpenApiSchemaReference(nameof(BatchResultBody), document),
                    "Only with batch_failed: what would have become of each operation."
                ),
            },
        };

    private static OpenApiSchema ListOf(IOpenApiSchema items, string description) =>
        new()
        {
            Type = JsonSchemaType.Array,
            Description = description,
            Items = items,
        };

    private static OpenApiSchema Text(string description) =>
        new() { Type = JsonSchemaType.String, Description = description };

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

using System.Text.Json.Nodes;
using Fitnessify.Domain.Common;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Fitnessify.WebApi.Http.OpenApi;

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
        document.AddComponent(ProblemSchema, CreateProblemSchema());
        foreach (var error in ErrorCatalogue.ByCode.Values.OrderBy(error => error.Code, StringComparer.Ordinal))
        {
            document.AddComponent(error.Code, Example(error));
        }

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
                ["mfaToken"] = Text("Only with mfa_required: stands for the right password in the second step."),
                ["methods"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.Array,
                    Description = "Only with mfa_required: what the second step takes, totp or recoveryCode.",
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

using NJsonSchema;
using NSwag;
using NSwag.Generation.Processors;
using NSwag.Generation.Processors.Contexts;

namespace Fitnessify.WebApi.Http.OpenApi;

/// <summary>The processor adds what belongs to no single operation: the bearer scheme and the shared components.</summary>
internal sealed class DocumentProcessor : IDocumentProcessor
{
    public const string SecurityScheme = "bearer";

    public void Process(DocumentProcessorContext context)
    {
        var document = context.Document;
        document.Generator = null;
        document.Info.Contact = new OpenApiContact { Name = "Fitnessify" };
        document.Info.License = new OpenApiLicense { Name = "MIT", Url = "https://opensource.org/license/mit" };
        document.Servers.Clear();
        document.Servers.Add(
            new OpenApiServer { Url = "/", Description = "The server that this document comes from." }
        );
        document.Components.SecuritySchemes[SecurityScheme] = new OpenApiSecurityScheme
        {
            Type = OpenApiSecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "The accessToken of POST /api/v1/auth/login.",
        };
        foreach (var (code, example) in ErrorExamples.ByCode.Where(entry => IsUsed(document, entry.Value)))
        {
            document.Components.Examples[code] = example;
        }

        foreach (var (name, header) in ResponseHeaders.ByName)
        {
            document.Components.Headers[name] = header;
        }

        TagOrder.Apply(document);
        var schemas = document.Components.Schemas;
        var sorted = schemas.OrderBy(schema => schema.Key, StringComparer.Ordinal).ToList();
        schemas.Clear();
        foreach (var (name, schema) in sorted)
        {
            schemas[name] = schema;
        }

        foreach (var body in document.Operations.Select(description => description.Operation.RequestBody))
        {
            DisallowUnknownMembers(body?.Content.Values.First().Schema.ActualSchema);
        }

        foreach (var property in schemas.Values.SelectMany(schema => schema.Properties.Values))
        {
            AddTypeOfNullable(property);
            AddTypeOfNullable(property.AdditionalPropertiesSchema);
        }
    }

    private static bool IsUsed(OpenApiDocument document, OpenApiExample example) =>
        document
            .Operations.SelectMany(description => description.Operation.Responses.Values)
            .SelectMany(response => response.Content.Values)
            .Any(content => content.Examples.Values.Any(used => used.Reference == example));

    /// <summary>In OpenAPI 3.0.3, nullable has an effect only beside a type.</summary>
    private static void AddTypeOfNullable(JsonSchema? schema)
    {
        if (schema is { IsNullableRaw: true, AllOf.Count: 1 })
        {
            schema.Type = schema.AllOf.Single().ActualSchema.Type;
        }
    }

    /// <summary>Request bodies must not have unknown members; responses may get more members in later versions.</summary>
    private static void DisallowUnknownMembers(JsonSchema? schema)
    {
        if (schema is null or { Properties.Count: 0, Item: null, AdditionalPropertiesSchema: null })
        {
            return;
        }

        // The members of a dictionary are known by their schema.
        schema.AllowAdditionalProperties = schema.Properties.Count == 0;
        DisallowUnknownMembers(schema.Item?.ActualSchema);
        DisallowUnknownMembers(schema.AdditionalPropertiesSchema?.ActualTypeSchema);
        foreach (var property in schema.Properties.Values)
        {
            DisallowUnknownMembers(property.ActualTypeSchema);
        }
    }
}

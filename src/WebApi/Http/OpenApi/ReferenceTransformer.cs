using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Fitnessify.WebApi.Http.OpenApi;

/// <summary>
/// Writes references so that the generators of clients keep their types: one name for each enumeration, and no "null or this",
/// which they read as anything at all.
/// </summary>
internal sealed class ReferenceTransformer : IOpenApiDocumentTransformer
{
    public Task TransformAsync(
        OpenApiDocument document,
        OpenApiDocumentTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        var schemas = document.Components!.Schemas!;
        var enumerations = new Dictionary<string, string>();
        foreach (var (name, schema) in schemas)
        {
            if (schema is OpenApiSchema { Enum: [..] values } enumeration)
            {
                enumeration.Type = JsonSchemaType.String;
                enumeration.Enum = [.. values.Where(IsValue)];
                enumerations[KeyOf(values)] = name;
            }
        }

        foreach (
            var properties in schemas
                .Values.Select(schema => schema.Properties)
                .OfType<IDictionary<string, IOpenApiSchema>>()
        )
        {
            foreach (var (name, property) in properties.ToList())
            {
                if (property is OpenApiSchema { OneOf: [_, OpenApiSchemaReference reference] })
                {
                    properties[name] = Nullable(reference);
                }
                else if (property is OpenApiSchema { Enum: [..] values } inline)
                {
                    var named = new OpenApiSchemaReference(enumerations[KeyOf(values)], document);
                    properties[name] = new OpenApiSchema { Description = inline.Description, AllOf = [named] };
                }
            }
        }

        return Task.CompletedTask;
    }

    // Type would say it too, but then the generators take that for the whole type.
    private static OpenApiSchema Nullable(OpenApiSchemaReference reference) =>
        new()
        {
            AllOf = [reference],
            Extensions = new Dictionary<string, IOpenApiExtension> { ["nullable"] = new JsonNodeExtension(true) },
        };

    private static string KeyOf(IEnumerable<JsonNode?> values) => string.Join(' ', values.Where(IsValue));

    private static bool IsValue(JsonNode? node) => node is not null && !node.IsJsonNullSentinel();
}

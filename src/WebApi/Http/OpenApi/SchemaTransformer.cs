using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Fitnessify.Domain.Common;
using FluentValidation;
using FluentValidation.Internal;
using FluentValidation.Validators;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Fitnessify.WebApi.Http.OpenApi;

/// <summary>Takes limits from the validators, and says of answers that no member is ever missing.</summary>
internal sealed class SchemaTransformer(IServiceProvider services) : IOpenApiSchemaTransformer
{
    public async Task TransformAsync(
        OpenApiSchema schema,
        OpenApiSchemaTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        var type = context.JsonTypeInfo.Type;
        if (IsOptional(type))
        {
            var of = Nullable.GetUnderlyingType(type.GenericTypeArguments[0]) ?? type.GenericTypeArguments[0];
            var value = await context.GetOrCreateSchemaAsync(of, null, cancellationToken);
            (schema.Format, schema.Items, schema.Enum) = (value.Format, value.Items, value.Enum);
            schema.Type = value.Enum is null ? value.Type & ~JsonSchemaType.Null : JsonSchemaType.String;
            schema.Type |= IsClearable(context.JsonPropertyInfo) ? JsonSchemaType.Null : 0;
        }

        if ((Nullable.GetUnderlyingType(type) ?? type) == typeof(DateTimeOffset))
        {
            // A converter of our own says nothing about its type.
            schema.Type =
                type == typeof(DateTimeOffset) ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
            schema.Format = "date-time";
        }

        if (type.Name.Contains("Dto", StringComparison.Ordinal))
        {
            schema.Required = schema.Properties?.Keys.ToHashSet();
        }

        if (services.GetService(typeof(IValidator<>).MakeGenericType(type)) is IValidator validator)
        {
            schema.Required = new HashSet<string>();
            foreach (var member in validator.CreateDescriptor().GetMembersWithValidators())
            {
                Constrain(schema, JsonNamingPolicy.CamelCase.ConvertName(member.Key), member);
            }
        }

#pragma warning disable CS0618 // Examples, its successor, exists from OpenAPI 3.1 on.
        foreach (var member in context.JsonTypeInfo.Properties.Where(member => IsOptional(member.PropertyType)))
        {
            schema.Required?.Remove(member.Name);
        }

        foreach (var (name, property) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
        {
            if (
                property is OpenApiSchema { Example: null } member
                && OpenApiExamples.ByMember.TryGetValue(name, out var text)
                // What is an address in one place is a choice in another.
                && (text is "true" or "false") == IsBoolean(member)
            )
            {
                member.Example = JsonNode.Parse(text);
            }
        }
#pragma warning restore CS0618
    }

    /// <summary>Members of merge patches: described as what they hold.</summary>
    public static bool IsOptional(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Optional<>);

    private static bool IsBoolean(OpenApiSchema schema) => (schema.Type & JsonSchemaType.Boolean) is not (null or 0);

    // A member of a patch that no rule forbids to be null.
    private bool IsClearable(JsonPropertyInfo? property) =>
        property is not null
        && services.GetService(typeof(IValidator<>).MakeGenericType(property.DeclaringType)) is IValidator validator
        && !validator
            .CreateDescriptor()
            .GetMembersWithValidators()
            .Where(member => JsonNamingPolicy.CamelCase.ConvertName(member.Key) == property.Name)
            .SelectMany(member => member)
            .Any(rule => rule.Validator is INotEmptyValidator or INotNullValidator);

    private static void Constrain(
        OpenApiSchema schema,
        string name,
        IEnumerable<(IPropertyValidator Validator, IRuleComponent Options)> rules
    )
    {
        if (
            schema.Properties is null
            || !schema.Properties.TryGetValue(name, out var found)
            || found is not OpenApiSchema property
        )
        {
            return;
        }

        foreach (var (rule, component) in rules)
        {
            switch (rule)
            {
                case INotEmptyValidator or INotNullValidator when !component.HasCondition:
                    schema.Required!.Add(name);
                    property.Type &= ~JsonSchemaType.Null;
                    // The framework's own mark, by which it makes "null or this" of a reference.
                    property.Metadata?.Remove("x-is-nullable-property");
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

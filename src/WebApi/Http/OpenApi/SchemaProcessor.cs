using System.Reflection;
using System.Text.Json;
using Fitnessify.WebApi.Http.Errors;
using FluentValidation;
using FluentValidation.Internal;
using FluentValidation.Validators;
using NJsonSchema;
using NJsonSchema.Generation;

namespace Fitnessify.WebApi.Http.OpenApi;

/// <summary>
/// The processor takes limits from the validators and marks the members of responses that are always present.
/// </summary>
internal sealed class SchemaProcessor(IServiceProvider services) : ISchemaProcessor
{
    public void Process(SchemaProcessorContext context)
    {
        var (type, schema) = (context.ContextualType.OriginalType, context.Schema);
        if (schema.HasReference)
        {
            return;
        }

        if (type == typeof(ErrorCode) && schema.Enumeration.Count == 0)
        {
            foreach (var code in ErrorCatalogue.ByCode.Keys.Order(StringComparer.Ordinal))
            {
                schema.Enumeration.Add(code);
            }
        }

        // Names from the code are not part of the API.
        schema.EnumerationNames.Clear();
        if (schema.AdditionalPropertiesSchema is { IsAnyType: true })
        {
            // The schema is an object without known members instead of a dictionary.
            schema.AdditionalPropertiesSchema = null;
        }

        if (schema.Properties.Count > 0)
        {
            DescribeMembers(type, schema);
        }
    }

    private void DescribeMembers(Type type, JsonSchema schema)
    {
        var parameters = type.GetConstructors()
            .First()
            .GetParameters()
            .ToDictionary(parameter => NameOf(parameter.Name!));
        var rules = RulesOf(type);
        foreach (var (name, property) in schema.Properties)
        {
            WrapReferenceInAllOf(property);
            WrapReferenceInAllOf(property.AdditionalPropertiesSchema);
            var parameter = parameters.GetValueOrDefault(name);
            if (parameter is { HasDefaultValue: true, DefaultValue: bool value })
            {
                property.Default = value;
            }

            // The validators of a request type define its required members, and other types always write all members.
            property.IsRequired = rules is null && parameter is not { HasDefaultValue: true };
            foreach (var (rule, component) in rules?[name] ?? [])
            {
                Constrain(property, rule, component.HasCondition, parameter);
            }

            if (
                type != typeof(Problem)
                && type != typeof(FieldError)
                && MemberExamples.ByName.TryGetValue(name, out var example)
                // The same member name can be an address in one type and an enumeration in another.
                && example is bool == property.Type.HasFlag(JsonObjectType.Boolean)
            )
            {
                property.Example = example;
            }
        }
    }

    private ILookup<string, (IPropertyValidator Rule, IRuleComponent Component)>? RulesOf(Type type)
    {
        using var scope = services.CreateScope();
        var validator = scope.ServiceProvider.GetService(typeof(IValidator<>).MakeGenericType(type)) as IValidator;
        return validator
            ?.CreateDescriptor()
            .GetMembersWithValidators()
            .SelectMany(member => member.Select(rule => (Name: NameOf(member.Key), Rule: rule)))
            .ToLookup(rule => rule.Name, rule => rule.Rule);
    }

    /// <summary>The reference is wrapped in allOf, because many generators treat oneOf as an untyped value.</summary>
    private static void WrapReferenceInAllOf(JsonSchema? member)
    {
        if (member?.OneOf.SingleOrDefault() is { } reference)
        {
            member.OneOf.Clear();
            member.AllOf.Add(reference);
        }
    }

    private static void Constrain(
        JsonSchemaProperty property,
        IPropertyValidator rule,
        bool isConditional,
        ParameterInfo? parameter
    )
    {
        var isOptional = parameter is not null && JsonTypes.IsOptional(parameter.ParameterType);
        switch (rule)
        {
            // The rules of a merge patch apply only when the member is present.
            case INotEmptyValidator or INotNullValidator when isOptional || !isConditional:
                property.IsNullableRaw = null;
                property.IsRequired = !isOptional;
                break;
            case IMinimumLengthValidator { Min: var min }:
                property.MinLength = min;
                break;
            case IMaximumLengthValidator { Max: var max }:
                property.MaxLength = max;
                break;
            case IBetweenValidator { From: int from, To: int to }:
                (property.Minimum, property.Maximum) = (from, to);
                break;
            case IRegularExpressionValidator { Expression: var expression }:
                // The .NET anchors are translated to those of ECMA-262.
                property.Pattern = expression
                    .Replace(@"\A", "^", StringComparison.Ordinal)
                    .Replace(@"\z", "$", StringComparison.Ordinal);
                break;
        }
    }

    private static string NameOf(string member) => JsonNamingPolicy.CamelCase.ConvertName(member);
}

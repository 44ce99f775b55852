using Fitnessify.Domain.Common;
using Microsoft.AspNetCore.Mvc;
using Namotion.Reflection;
using NJsonSchema;
using NJsonSchema.Generation;

namespace Fitnessify.WebApi.Http.OpenApi;

/// <summary>Some types have a JSON form that their members do not show.</summary>
internal sealed class JsonTypes : SystemTextJsonReflectionService
{
    private const string Uuid = "uuid";

    /// <summary>A member of a merge patch is described as the value that it holds.</summary>
    public static bool IsOptional(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Optional<>);

    protected override JsonTypeDescription GetDescription(
        ContextualType contextualType,
        SystemTextJsonSchemaGeneratorSettings settings,
        Type originalType,
        bool isNullable,
        ReferenceTypeNullHandling defaultReferenceTypeNullHandling
    )
    {
        if (IsOptional(originalType))
        {
            return GetDescription(
                contextualType.OriginalGenericArguments[0],
                defaultReferenceTypeNullHandling,
                settings
            );
        }

        if (originalType == typeof(Guid))
        {
            // NSwag writes "guid", which is not in the OpenAPI format registry.
            return JsonTypeDescription.Create(contextualType, JsonObjectType.String, isNullable, Uuid);
        }

        if (originalType == typeof(ProblemDetails))
        {
            (originalType, contextualType) = (typeof(Problem), typeof(Problem).ToContextualType());
        }

        return base.GetDescription(
            contextualType,
            settings,
            originalType,
            isNullable,
            defaultReferenceTypeNullHandling
        );
    }
}

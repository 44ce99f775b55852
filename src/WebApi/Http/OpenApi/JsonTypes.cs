using Fitnessify.Domain.Common;
using Microsoft.AspNetCore.Mvc;
using Namotion.Reflection;
using NJsonSchema;
using NJsonSchema.Generation;

namespace Fitnessify.WebApi.Http.OpenApi;

/// <summary>What types look like in JSON where their members do not say it.</summary>
internal sealed class JsonTypes : SystemTextJsonReflectionService
{
    private const string Uuid = "uuid";

    /// <summary>Whether it is a member of a merge patch: it is described as what it holds.</summary>
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
            // NSwag calls it guid, which is no format of the registry of OpenAPI.
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

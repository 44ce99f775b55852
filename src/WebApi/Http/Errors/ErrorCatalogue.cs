using System.Collections.Frozen;
using System.Reflection;
using Fitnessify.Domain.Common;

namespace Fitnessify.WebApi.Http.Errors;

/// <summary>All errors there are: the static fields of the classes that are named after what they hold.</summary>
internal static class ErrorCatalogue
{
    public static readonly FrozenDictionary<string, Error> ByCode = (
        from assembly in new[] { typeof(Error).Assembly, typeof(ErrorCatalogue).Assembly }
        from type in assembly.GetTypes()
        where type.Name.EndsWith("Errors", StringComparison.Ordinal)
        from field in type.GetFields(BindingFlags.Public | BindingFlags.Static)
        where field.FieldType == typeof(Error)
        select (Error)field.GetValue(null)!
    ).ToFrozenDictionary(error => error.Code);
}

using System.Collections.Frozen;
using System.Reflection;
using Fitnessify.Domain.Common;

namespace Fitnessify.WebApi.Http.Errors;

/// <summary>The catalog collects the static error fields of all classes with a name that ends in "Errors".</summary>
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

namespace Fitnessify.WebApi.Http.Errors;

/// <summary>
/// The attribute lists the codes that a route can answer besides the common ones. They go into the OpenAPI document, and a
/// test provokes each of them.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FailsAttribute(params string[] codes) : Attribute
{
    public IReadOnlyList<string> Codes => codes;
}

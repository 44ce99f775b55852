namespace Fitnessify.WebApi.Http.Errors;

/// <summary>
/// The codes that a route can answer besides those that any route can. They go into the OpenAPI document, and a test asks
/// for each of them.
/// </summary>
/// <param name="codes">From the catalogue of errors.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FailsAttribute(params string[] codes) : Attribute
{
    public IReadOnlyList<string> Codes => codes;
}

using System.Text.Json;
using System.Text.RegularExpressions;
using Fitnessify.WebApi.Tests.Contract;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.WebApi.Tests.Hostile;

/// <summary>A route of the running server, with its operation in the API document.</summary>
/// <param name="Method">A method of the route.</param>
/// <param name="Path">The path with names in braces.</param>
/// <param name="Operation">The operation; null if the document omits it.</param>
internal sealed partial record Route(string Method, string Path, JsonElement? Operation)
{
    public string Name => $"{Method} {Path}";

    /// <summary>Gets the names of the query parameters.</summary>
    public IReadOnlyList<string> Parameters =>
        Operation is { } operation && operation.TryGetProperty("parameters", out var parameters)
            ? [.. parameters.EnumerateArray().Where(one => one.Text("in") == "query").Select(one => one.Text("name"))]
            : [];

    /// <summary>Returns all routes.</summary>
    public static async Task<IReadOnlyList<Route>> OfAsync(IServiceProvider services)
    {
        var operations = (await OpenApiDocument.OperationsAsync()).ToDictionary(
            operation => $"{operation}",
            operation => operation.Json
        );
        return
        [
            .. from endpoint in services.GetRequiredService<EndpointDataSource>().Endpoints.Cast<RouteEndpoint>()
            from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]
            let path = Constraint().Replace("/" + endpoint.RoutePattern.RawText!.TrimStart('/'), "")
            let document = method == "HEAD" ? "GET" : method
            select new Route(
                method,
                path,
                operations.TryGetValue($"{document} {path}", out var operation) ? operation : null
            ),
        ];
    }

    // The constraint is like that of {id:guid}.
    [GeneratedRegex(@":\w+(?=\})")]
    private static partial Regex Constraint();
}

using System.Text.Json;
using System.Text.RegularExpressions;
using Fitnessify.WebApi.Tests.Contract;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.WebApi.Tests.Hostile;

/// <summary>A route of the running server, with what the API document says of it.</summary>
/// <param name="Method">One that it takes.</param>
/// <param name="Path">With names in braces.</param>
/// <param name="Operation">Null for what the document leaves out.</param>
internal sealed partial record Route(string Method, string Path, JsonElement? Operation)
{
    public string Name => $"{Method} {Path}";

    /// <summary>What may stand in its query.</summary>
    public IReadOnlyList<string> Parameters =>
        Operation is { } operation && operation.TryGetProperty("parameters", out var parameters)
            ? [.. parameters.EnumerateArray().Where(one => one.Text("in") == "query").Select(one => one.Text("name"))]
            : [];

    /// <summary>All of them.</summary>
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

    // As in {id:guid}.
    [GeneratedRegex(@":\w+(?=\})")]
    private static partial Regex Constraint();
}

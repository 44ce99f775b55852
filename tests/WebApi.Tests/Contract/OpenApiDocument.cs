using System.Text.Json;

namespace Fitnessify.WebApi.Tests.Contract;

/// <summary>The OpenAPI document of the server.</summary>
internal static class OpenApiDocument
{
    public static async Task<JsonElement> GetAsync()
    {
        using var response = await Api.Shared.Anonymous().GetAsync("/openapi/v1.json");
        return await response.JsonAsync();
    }

    public static async Task<IReadOnlyList<Operation>> OperationsAsync() =>
        [
            .. from path in (await GetAsync()).GetProperty("paths").EnumerateObject()
            from operation in path.Value.EnumerateObject()
            select new Operation(path.Name, operation.Name, operation.Value),
        ];
}

/// <summary>An operation of the document.</summary>
/// <param name="Path">The path, for example /api/v1/users/me.</param>
/// <param name="Method">The method in lower case.</param>
/// <param name="Json">The JSON of the operation.</param>
internal sealed record Operation(string Path, string Method, JsonElement Json)
{
    public string Id => Json.Text("operationId");

    public bool IsProtected =>
        Json.GetProperty("security").EnumerateArray().Any(needed => needed.EnumerateObject().Any());

    /// <summary>Gets the declared failures: <c>409 username_taken</c>. Each one is an example of its status.</summary>
    public IEnumerable<string> Failures =>
        from response in Json.GetProperty("responses").EnumerateObject()
        where response.Name[0] is '4' or '5'
        from example in response
            .Value.GetProperty("content")
            .GetProperty("application/problem+json")
            .GetProperty("examples")
            .EnumerateObject()
        select $"{response.Name} {example.Name}";

    public IEnumerable<string> Codes => Failures.Select(failure => failure.Split(' ')[1]);

    public override string ToString() => $"{Method.ToUpperInvariant()} {Path}";
}

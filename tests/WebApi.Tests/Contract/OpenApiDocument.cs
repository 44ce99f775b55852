using System.Text.Json;

namespace Fitnessify.WebApi.Tests.Contract;

/// <summary>The document that the server gives out.</summary>
internal static class OpenApiDocument
{
    public static async Task<JsonElement> GetAsync()
    {
        using var answer = await Api.Shared.Anonymous().GetAsync("/openapi/v1.json");
        return await answer.JsonAsync();
    }

    public static async Task<IReadOnlyList<Operation>> OperationsAsync() =>
        [
            .. from path in (await GetAsync()).GetProperty("paths").EnumerateObject()
            from operation in path.Value.EnumerateObject()
            select new Operation(path.Name, operation.Name, operation.Value),
        ];
}

/// <summary>One operation of it.</summary>
/// <param name="Path">For instance /api/v1/users/me.</param>
/// <param name="Method">In lower case.</param>
/// <param name="Json">As it stands there.</param>
internal sealed record Operation(string Path, string Method, JsonElement Json)
{
    public string Id => Json.Text("operationId");

    public bool IsProtected => Json.TryGetProperty("security", out var security) && security.GetArrayLength() > 0;

    /// <summary>The failures that it announces: <c>409 username_taken</c>. Each is an example of its status.</summary>
    public IEnumerable<string> Failures =>
        from answer in Json.GetProperty("responses").EnumerateObject()
        where answer.Name[0] is '4' or '5'
        from example in answer
            .Value.GetProperty("content")
            .GetProperty("application/problem+json")
            .GetProperty("examples")
            .EnumerateObject()
        select $"{answer.Name} {example.Name}";

    public IEnumerable<string> Codes => Failures.Select(failure => failure.Split(' ')[1]);

    public override string ToString() => $"{Method.ToUpperInvariant()} {Path}";
}

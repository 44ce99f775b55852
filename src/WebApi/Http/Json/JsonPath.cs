namespace Fitnessify.WebApi.Http.Json;

/// <summary>This parses the paths of the JSON serializer, such as <c>$.operations[3].task['a.b']</c>.</summary>
internal static class JsonPath
{
    /// <summary>The segments are outermost first; there are none for the whole document.</summary>
    public static IReadOnlyList<string> Parse(string? path)
    {
        List<string> names = [];
        var rest = path.AsSpan(Math.Min(1, path?.Length ?? 0));
        while (!rest.IsEmpty)
        {
            var (start, end) = rest switch
            {
                ['[', '\'', ..] => (2, rest.IndexOf("']")),
                ['[', ..] => (1, rest.IndexOf(']')),
                _ => (1, rest[1..].IndexOfAny('.', '[') + 1),
            };
            end = end <= 0 ? rest.Length : end;
            names.Add(rest[Math.Min(start, end)..end].ToString());
            rest = rest[end..].TrimStart("']").TrimStart(']');
        }

        return names;
    }
}

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
                ['[', '\'', ..] => (2, EndOfName(rest)),
                ['[', ..] => (1, rest.IndexOf(']')),
                _ => (1, rest[1..].IndexOfAny('.', '[') + 1),
            };
            end = end <= 0 ? rest.Length : end;
            names.Add(rest[Math.Min(start, end)..end].ToString());
            rest = rest[end..].TrimStart("']").TrimStart(']');
        }

        return names;
    }

    // A name may hold the characters that end it. It ends where another segment begins, or the path ends.
    private static int EndOfName(ReadOnlySpan<char> rest)
    {
        for (var end = 2; end < rest.Length - 1; end++)
        {
            if (rest[end..] is ['\'', ']'] or ['\'', ']', '.' or '[', ..])
            {
                return end;
            }
        }

        return -1;
    }
}

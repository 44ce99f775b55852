using System.Runtime.CompilerServices;
using System.Text.Json;
using Fitnessify.Domain.Common;

namespace Fitnessify.WebApi.Http.Json;

/// <summary>
/// Counts the elements of lists before anything is made of them: of two bytes an element, a megabyte of them would become a
/// thousand times that (OWASP API4:2023).
/// </summary>
internal static class JsonBounds
{
    /// <summary>The most that any list of a body may hold; where a list takes fewer, its validator says so.</summary>
    public const int MaxItems = 100;

    /// <summary>The failure that names the first list with more; null when there is none, or when this is no JSON.</summary>
    public static Error? FindTooLong(ReadOnlySpan<byte> body)
    {
        // The shortest list of too many: two brackets, a digit each, and commas.
        if (body.Length < (2 * MaxItems) + 3)
        {
            return null;
        }

        var levels = new Levels();
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = JsonFormat.MaxDepth });
        try
        {
            while (reader.Read())
            {
                if (Count(ref levels, ref reader))
                {
                    return CommonErrors.Validation(
                        new FieldError(
                            PathOf(levels[..reader.CurrentDepth], body),
                            FieldErrorCodes.TooLong,
                            $"There may be at most {MaxItems}."
                        )
                    );
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Whoever reads it next says what is wrong.
        }

        return null;
    }

    // True at the first element too many.
    private static bool Count(ref Levels levels, ref Utf8JsonReader reader)
    {
        var (type, depth) = (reader.TokenType, reader.CurrentDepth);
        if (type == JsonTokenType.PropertyName)
        {
            levels[depth - 1].NameAt = (int)reader.TokenStartIndex;
            return false;
        }

        if (type is JsonTokenType.EndObject or JsonTokenType.EndArray)
        {
            return false;
        }

        if (type is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            levels[depth] = new Level { IsList = type == JsonTokenType.StartArray };
        }

        return depth > 0 && levels[depth - 1].IsList && ++levels[depth - 1].Items > MaxItems;
    }

    // The names and indexes that lead to the last level.
    private static List<string> PathOf(ReadOnlySpan<Level> levels, ReadOnlySpan<byte> body)
    {
        List<string> path = [];
        foreach (var level in levels[..^1])
        {
            path.Add(level.IsList ? $"{level.Items - 1}" : NameAt(body[level.NameAt..]));
        }

        return path;
    }

    private static string NameAt(ReadOnlySpan<byte> member)
    {
        var reader = new Utf8JsonReader(member);
        reader.Read();
        return reader.GetString()!;
    }

    private struct Level
    {
        public bool IsList;
        public int Items;
        public int NameAt;
    }

    [InlineArray(JsonFormat.MaxDepth)]
    private struct Levels
    {
        private Level _first;
    }
}

using System.Runtime.CompilerServices;
using System.Text.Json;
using Fitnessify.Domain.Common;

namespace Fitnessify.WebApi.Http.Json;

/// <summary>
/// This counts the elements of lists and the members of objects before deserialization: an element of two bytes can become an
/// object a thousand times as large (OWASP API4:2023).
/// </summary>
internal static class JsonBounds
{
    /// <summary>
    /// This is the limit for every list and object of a body; the validators set lower limits where one takes fewer.
    /// </summary>
    public const int MaxItems = 100;

    /// <summary>
    /// The result names the first list or object with too many elements; it is null when there is none or when the body is not JSON.
    /// </summary>
    public static Error? FindTooLong(ReadOnlySpan<byte> body)
    {
        // The shortest list that is too long has two brackets, a digit for each element, and commas.
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
            // The deserializer reports invalid JSON later.
        }

        return null;
    }

    // The result is true at the first element beyond the limit.
    private static bool Count(ref Levels levels, ref Utf8JsonReader reader)
    {
        var (type, depth) = (reader.TokenType, reader.CurrentDepth);
        if (type == JsonTokenType.PropertyName)
        {
            levels[depth - 1].NameAt = (int)reader.TokenStartIndex;
            return ++levels[depth - 1].Items > MaxItems;
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

    // These names and indexes lead to the innermost level.
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

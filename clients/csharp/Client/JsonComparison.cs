using System.Text.Json;
using System.Text.RegularExpressions;

namespace Fitnessify.Client;

/// <summary>
/// Compares what was sent with what the server has stored. The server trims text, converts times to UTC, leaves out seconds of a due
/// that are zero, stores null as no labels and no checklist, and places what has no position.
/// </summary>
internal static class JsonComparison
{
    public static bool IsSame(JsonElement sent, JsonElement stored)
    {
        if (stored.ValueKind == JsonValueKind.Object)
        {
            return sent.ValueKind == JsonValueKind.Object
                ? sent.EnumerateObject().All(member => IsSame(member, stored))
                : !stored.EnumerateObject().Any();
        }

        if (stored.ValueKind == JsonValueKind.Array)
        {
            var items =
                sent.ValueKind == JsonValueKind.Array ? sent.EnumerateArray().ToList() : new List<JsonElement>();
            return items.Count == stored.GetArrayLength()
                && items.Zip(stored.EnumerateArray(), IsSame).All(same => same);
        }

        if (sent.ValueKind != JsonValueKind.String || stored.ValueKind != JsonValueKind.String)
        {
            return sent.ToString() == stored.ToString();
        }

        return Shortest(sent.GetString()!) == Shortest(stored.GetString()!)
            || (sent.TryGetDateTimeOffset(out var time) && stored.TryGetDateTimeOffset(out var kept) && time == kept);
    }

    private static string Shortest(string text) =>
        Regex.Replace(Regex.Replace(text.Trim(), @"^(\d\d:\d\d:\d\d)\.000$", "$1"), @"^(\d\d:\d\d):00$", "$1");

    public static bool IsSame(JsonProperty sent, JsonElement stored) =>
        (sent.Value.ValueKind == JsonValueKind.Null && sent.NameEquals("position"))
        || (
            stored.TryGetProperty(sent.Name, out var kept)
                ? IsSame(sent.Value, kept)
                : sent.Value.ValueKind == JsonValueKind.Null
        );
}

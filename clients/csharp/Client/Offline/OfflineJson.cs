using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Fitnessify.Client;

/// <summary>Reads and writes what the replica stores. Elements are never changed, so that threads can share them.</summary>
internal static class OfflineJson
{
    public static JsonElement Write(object value) => ApiJson.Write(value);

    public static T Read<T>(JsonElement element) =>
        element.Deserialize((JsonTypeInfo<T>)ApiJson.Settings.GetTypeInfo(typeof(T)))!;

    public static T? Read<T>(JsonElement? element)
        where T : class => element is { } value ? Read<T>(value) : null;

    public static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    /// <summary>Returns a copy that can be changed.</summary>
    public static JsonObject ToObject(this JsonElement element) => JsonObject.Create(element)!;

    public static JsonElement ToElement(this JsonObject members) => Parse(members.ToJsonString());

    public static JsonNode? ToNode(this JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => JsonObject.Create(element),
            JsonValueKind.Array => JsonArray.Create(element),
            _ => JsonValue.Create(element),
        };

    /// <summary>Returns the member; null if it is absent or null.</summary>
    public static JsonElement? Member(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;

    /// <summary>Returns the text of the member; null if it has none.</summary>
    public static string? Text(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.String } member ? member.GetString() : null;

    public static Guid? Uuid(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.String } member && member.TryGetGuid(out var id) ? id : null;

    public static DateTimeOffset? Time(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.String } member && member.TryGetDateTimeOffset(out var time)
            ? time
            : null;

    public static long Version(this JsonElement item) => item.GetProperty("version").GetInt64();

    public static bool IsEmpty(this JsonElement members) => !members.EnumerateObject().Any();

    public static JsonElement With(this JsonElement members, string name, JsonNode? value)
    {
        var copy = members.ToObject();
        copy[name] = value;
        return copy.ToElement();
    }

    public static JsonElement Without(this JsonElement members, params string[] names)
    {
        var copy = members.ToObject();
        foreach (var name in names)
        {
            copy.Remove(name);
        }

        return copy.ToElement();
    }

    /// <summary>Returns the moment as the server writes it.</summary>
    public static string Format(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

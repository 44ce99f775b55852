using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Fitnessify.Client;

/// <summary>Types are read and written with generated code instead of reflection.</summary>
internal sealed partial class ApiJson
{
    // The options are lazy, because Default is still null while the static fields of this class are initialized.
    private static readonly Lazy<JsonSerializerOptions> LazySettings = new(CreateSettings);

    public static JsonSerializerOptions Settings => LazySettings.Value;

    public static T Read<T>(byte[] json) =>
        JsonSerializer.Deserialize(json, (JsonTypeInfo<T>)Settings.GetTypeInfo(typeof(T)))!;

    public static T Read<T>(JsonElement json) => json.Deserialize((JsonTypeInfo<T>)Settings.GetTypeInfo(typeof(T)))!;

    public static JsonElement Write(object value) =>
        JsonSerializer.SerializeToElement(value, Settings.GetTypeInfo(value.GetType()));

    /// <summary>The body must have the documented type; the body of a call that returns nothing is not read.</summary>
    /// <exception cref="JsonException">The response is something else, for instance the page of a captive portal.</exception>
    public static async Task<T> ReadAsync<T>(HttpResponseMessage answer)
    {
        // A registration returns 202 without a user where the server does not reveal whether an account exists.
        if (
            answer.StatusCode == HttpStatusCode.Accepted
            || (!Returns<T>() && answer.StatusCode == HttpStatusCode.NoContent)
        )
        {
            return default!;
        }

        var json = await answer.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
        var isJson = answer.Content.Headers.ContentType?.MediaType == "application/json";
        return Returns<T>() && isJson && Read<T>(json) is { } read
            ? read
            : throw new JsonException("The answer is not the server's.");
    }

    // A call without a body in its response is declared with JsonElement.
    private static bool Returns<T>() => typeof(T) != typeof(JsonElement);

    private static JsonSerializerOptions CreateSettings() =>
        new() { TypeInfoResolver = Default.WithAddedModifier(WriteWhatIsAssigned) };

    private static void WriteWhatIsAssigned(JsonTypeInfo type)
    {
        if (!typeof(IPartial).IsAssignableFrom(type.Type))
        {
            return;
        }

        foreach (var property in type.Properties)
        {
            property.ShouldSerialize = (owner, value) =>
                value is not null || ((IPartial)owner).IsAssigned(property.Name);
        }
    }
}

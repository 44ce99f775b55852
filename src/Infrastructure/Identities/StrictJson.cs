using System.Text.Json;

namespace Fitnessify.Infrastructure.Identities;

/// <summary>Reads JSON in which every member occurs once.</summary>
internal static class StrictJson
{
    private static readonly JsonDocumentOptions Options = new()
    {
        AllowDuplicateProperties = false,
        // The claims of some issuers have a few levels.
        MaxDepth = 16,
    };

    /// <summary>Returns the object; null if the text is anything else.</summary>
    public static JsonElement? TryParse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Options);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

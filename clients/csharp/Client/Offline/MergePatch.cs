using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fitnessify.Client;

/// <summary>Compares merge patches (RFC 7396) with items.</summary>
internal static class MergePatch
{
    /// <summary>
    /// Returns the members of a task's or list's patch that it does not have yet, into the parts of members that have some; null if it
    /// has all of them.
    /// </summary>
    public static JsonElement? Rest(JsonElement patch, JsonElement item)
    {
        var rest = RestOf(patch, item);
        // When a task was done is fixed once it is.
        if (!rest.ContainsKey("status"))
        {
            rest.Remove("completedAt");
        }

        return rest.Count > 0 ? rest.ToElement() : null;
    }

    /// <summary>Returns whether an item has got another value of a member, or of a part of one, that the patch contains.</summary>
    public static bool Overlaps(JsonElement patch, JsonElement before, JsonElement now) =>
        patch
            .EnumerateObject()
            .Any(member =>
            {
                var (old, current) = (before.Member(member.Name), now.Member(member.Name));
                return
                    member.Value.ValueKind == JsonValueKind.Object
                    && old is { ValueKind: JsonValueKind.Object } oldParts
                    && current is { ValueKind: JsonValueKind.Object } currentParts
                    ? Overlaps(member.Value, oldParts, currentParts)
                    : !AreEqual(old, current);
            });

    private static JsonObject RestOf(JsonElement patch, JsonElement item)
    {
        var rest = new JsonObject();
        foreach (var member in patch.EnumerateObject())
        {
            if (JsonComparison.IsSame(member, item))
            {
                continue;
            }

            var haveParts =
                member.Value.ValueKind == JsonValueKind.Object
                && item.Member(member.Name) is { ValueKind: JsonValueKind.Object };
            rest[member.Name] = haveParts ? RestOf(member.Value, item.GetProperty(member.Name)) : member.Value.ToNode();
        }

        return rest;
    }

    private static bool AreEqual(JsonElement? a, JsonElement? b) => JsonNode.DeepEquals(a?.ToNode(), b?.ToNode());
}

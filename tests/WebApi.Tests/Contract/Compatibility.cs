// Longer than 150 lines for its rules: each is a few lines, and readers need all of them to know what a breaking change is.
using System.Text.Json.Nodes;

namespace Fitnessify.WebApi.Tests.Contract;

/// <summary>
/// Finds what breaks a client that was built for one API document when the server has another. Additions break nothing:
/// clients accept members, codes and values that they do not know.
/// </summary>
internal sealed class Compatibility
{
    private static readonly string[] Limits = ["maxLength", "minLength", "maxItems", "minItems", "maximum", "minimum"];

    private readonly JsonNode? _oldSchemas;
    private readonly JsonNode? _newSchemas;
    private readonly HashSet<(string Name, bool IsSent)> _seen = [];
    private readonly SortedSet<string> _breaks = new(StringComparer.Ordinal);

    private Compatibility(JsonNode released, JsonNode current)
    {
        (_oldSchemas, _newSchemas) = (released["components"]?["schemas"], current["components"]?["schemas"]);
        foreach (var (name, _) in Members(_oldSchemas))
        {
            Require(_newSchemas?[name] is not null, $"schema {name}: gone");
        }

        foreach (var (path, methods) in Members(released["paths"]))
        {
            foreach (var (method, operation) in Members(methods))
            {
                var now = current["paths"]?[path]?[method];
                CompareOperation($"{method.ToUpperInvariant()} {path}", operation!, now);
            }
        }
    }

    /// <summary>Returns one line for each breaking change, in order. Schemas are compared for requests and for responses.</summary>
    public static IReadOnlyCollection<string> Breaks(JsonNode released, JsonNode current) =>
        new Compatibility(released, current)._breaks;

    private void CompareOperation(string at, JsonNode was, JsonNode? now)
    {
        if (!Require(now is not null, $"{at}: gone"))
        {
            return;
        }

        RequireSame(at, "operationId", was, now!);
        Require(Items(was["security"]).Any() || !Items(now!["security"]).Any(), $"{at}: needs a token now");
        CompareParameters(at, ParametersOf(was), ParametersOf(now!));
        var (body, newBody) = (was["requestBody"], now!["requestBody"]);
        Require(Is(body, "required") || !Is(newBody, "required"), $"{at}: the body is required now");
        CompareContent($"{at} body", body?["content"], newBody?["content"], isSent: true);
        foreach (var (status, response) in Members(was["responses"]))
        {
            CompareContent(
                $"{at} {status}",
                response!["content"],
                now["responses"]?[status]?["content"],
                isSent: false
            );
            Require(now["responses"]?[status] is not null, $"{at} {status}: gone");
        }
    }

    private void CompareParameters(string at, Dictionary<string, JsonNode> was, Dictionary<string, JsonNode> now)
    {
        foreach (var (name, parameter) in was)
        {
            if (Require(now.TryGetValue(name, out var other), $"{at}: parameter {name} is gone"))
            {
                CompareSchema($"{at} {name}", parameter["schema"], other!["schema"], isSent: true);
            }
        }

        foreach (var (name, parameter) in now)
        {
            var isNew = Is(parameter, "required") && !Is(was.GetValueOrDefault(name), "required");
            Require(!isNew, $"{at}: parameter {name} is required now");
        }
    }

    // The error codes are the examples of their media type.
    private void CompareContent(string at, JsonNode? was, JsonNode? now, bool isSent)
    {
        foreach (var (type, content) in Members(was))
        {
            if (Require(now?[type] is not null, $"{at}: {type} is gone"))
            {
                CompareSchema(at, content!["schema"], now![type]!["schema"], isSent);
                foreach (var (code, _) in Members(content["examples"]))
                {
                    Require(now[type]!["examples"]?[code] is not null, $"{at}: code {code} is gone");
                }
            }
        }
    }

    private void CompareSchema(string at, JsonNode? was, JsonNode? now, bool isSent)
    {
        var (wasNullable, isNullable) = (Is(was, "nullable"), Is(now, "nullable"));
        Require(!isSent || !wasNullable || isNullable, $"{at}: cannot be null any more");
        Require(isSent || wasNullable || !isNullable, $"{at}: can be null now");

        // The types of the clients are named after schemas, so another name is another type.
        var (oldName, newName) = (NameOf(was), NameOf(now));
        if (!Require(oldName == newName, $"{at}: was {oldName ?? "unnamed"}, is {newName ?? "unnamed"}"))
        {
            return;
        }

        if (oldName is null)
        {
            CompareShape(at, was, now, isSent);
        }
        else if (_seen.Add((oldName, isSent)) && _newSchemas?[oldName] is { } newShape)
        {
            CompareShape($"{oldName} {(isSent ? "sent" : "answered")}", _oldSchemas?[oldName], newShape, isSent);
        }
    }

    private void CompareShape(string at, JsonNode? was, JsonNode? now, bool isSent)
    {
        RequireSame(at, "type", was, now);
        RequireSame(at, "format", was, now);
        CompareMembers(at, was, now, isSent);
        var (oldValues, newValues) = (Texts(was?["enum"]), Texts(now?["enum"]));
        foreach (var value in oldValues.Except(newValues))
        {
            Require(isSent && newValues.Count == 0, $"{at}: value {value} is gone");
        }

        if (isSent)
        {
            Require(oldValues.Count > 0 || newValues.Count == 0, $"{at}: takes only some values now");
            CompareLimits(at, was, now);
        }

        foreach (var (name, mark) in (ReadOnlySpan<(string, string)>)[("items", "[]"), ("additionalProperties", "{}")])
        {
            if (was?[name] is JsonObject && now?[name] is JsonObject inner)
            {
                CompareSchema(at + mark, was[name], inner, isSent);
            }
        }
    }

    private void CompareMembers(string at, JsonNode? was, JsonNode? now, bool isSent)
    {
        foreach (var (name, member) in Members(was?["properties"]))
        {
            if (Require(now?["properties"]?[name] is not null, $"{at}: member {name} is gone"))
            {
                CompareSchema($"{at} {name}", member, now!["properties"]![name], isSent);
            }
        }

        var (before, after) = (Texts(was?["required"]), Texts(now?["required"]));
        foreach (var name in isSent ? after.Except(before) : before.Except(after))
        {
            var isThere = now?["properties"]?[name] is not null;
            Require(!isThere, $"{at}: member {name} {(isSent ? "is required now" : "can be absent now")}");
        }
    }

    private void CompareLimits(string at, JsonNode? was, JsonNode? now)
    {
        foreach (var name in Limits)
        {
            Require(RoomOf(now, name) >= RoomOf(was, name), $"{at}: tighter {name}");
        }

        Require(now?["pattern"] is null || TextOf(now, "pattern") == TextOf(was, "pattern"), $"{at}: another pattern");
    }

    private static double RoomOf(JsonNode? schema, string limit) =>
        (double?)schema?[limit] * (limit.StartsWith("max", StringComparison.Ordinal) ? 1 : -1) ?? double.MaxValue;

    private void RequireSame(string at, string what, JsonNode? was, JsonNode? now)
    {
        var (before, after) = (TextOf(was, what), TextOf(now, what));
        Require(before == after, $"{at}: {what} was {before ?? "none"}, is {after ?? "none"}");
    }

    private bool Require(bool isFine, string finding)
    {
        if (!isFine)
        {
            _breaks.Add(finding);
        }

        return isFine;
    }

    private static Dictionary<string, JsonNode> ParametersOf(JsonNode operation) =>
        Items(operation["parameters"]).ToDictionary(parameter => TextOf(parameter, "name")!);

    // A nullable reference is written as the only item of allOf.
    private static string? NameOf(JsonNode? schema) =>
        TextOf(schema, "$ref")?.Split('/')[^1] ?? Items(schema?["allOf"]).Select(NameOf).FirstOrDefault();

    private static bool Is(JsonNode? node, string name) => (bool?)node?[name] is true;

    private static string? TextOf(JsonNode? node, string name) => (string?)node?[name];

    private static List<string> Texts(JsonNode? array) => [.. Items(array).Select(item => item.ToString())];

    private static IEnumerable<JsonNode> Items(JsonNode? array) => (array as JsonArray)?.OfType<JsonNode>() ?? [];

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Members(JsonNode? node) => node as JsonObject ?? [];
}

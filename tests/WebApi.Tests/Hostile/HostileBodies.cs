using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Fitnessify.WebApi.Tests.Hostile;

/// <summary>JSON as text, so that it can also be malformed.</summary>
internal abstract record Node
{
    /// <summary>Gets the text.</summary>
    public abstract string Write();

    /// <summary>Returns a copy with one change at any depth.</summary>
    public abstract Gen<Node> Mutate();

    protected static Gen<Node> Hostile { get; } = HostileValues.Json.Select(Node (text) => new Leaf(text));

    internal sealed record Leaf(string Text) : Node
    {
        public override string Write() => Text;

        public override Gen<Node> Mutate() => Hostile;
    }

    internal sealed record List(IReadOnlyList<Node> Items) : Node
    {
        public override string Write() => $"[{string.Join(',', Items.Select(item => item.Write()))}]";

        public override Gen<Node> Mutate() =>
            Gen.Frequency(
                (
                    Items.Count == 0 ? 0 : 6,
                    from i in Gen.Choose(0, Items.Count - 1)
                    from item in Items[i].Mutate()
                    select (Node)With(i, item)
                ),
                (1, from item in Hostile select (Node)new List([.. Items, item])),
                (1, from times in Gen.Elements(0, 2, 20, 21, 100, 101) select (Node)Repeat(times)),
                (1, Hostile)
            );

        private List With(int i, Node item) => new List([.. Items.Take(i), item, .. Items.Skip(i + 1)]);

        private List Repeat(int times) => new List([.. Enumerable.Repeat(Items, times).SelectMany(items => items)]);
    }

    internal sealed record Structure(IReadOnlyList<(string Name, Node Value)> Members) : Node
    {
        public override string Write() =>
            $"{{{string.Join(',', Members.Select(member => $"{member.Name}:{member.Value.Write()}"))}}}";

        public override Gen<Node> Mutate()
        {
            var unknown =
                from text in HostileValues.Text
                from name in HostileValues.Quoted(text)
                from value in Hostile
                select (Node)new Structure([.. Members, (name, value)]);
            var forbidden =
                from name in Gen.Elements("ownerId", "roles", "id", "version", "createdAt", "__proto__", "$ref", "")
                select (Node)new Structure([.. Members, ($"\"{name}\"", new Leaf("\"{{other}}\""))]);
            if (Members.Count == 0)
            {
                return Gen.OneOf(unknown, forbidden, Hostile);
            }

            return from i in Gen.Choose(0, Members.Count - 1)
                from mutated in Gen.Frequency(
                    (12, from value in Members[i].Value.Mutate() select (Node)With(i, (Members[i].Name, value))),
                    (2, Gen.Constant<Node>(With(i))),
                    (1, Gen.Constant<Node>(With(i, Members[i], Members[i]))),
                    (1, from value in Hostile select (Node)With(i, Members[i], (Members[i].Name, value))),
                    (1, Gen.Constant<Node>(With(i, (Members[i].Name.ToUpperInvariant(), Members[i].Value)))),
                    (1, unknown),
                    (1, forbidden),
                    (1, Hostile)
                )
                select mutated;
        }

        private Structure With(int i, params (string Name, Node Value)[] instead) =>
            new Structure([.. Members.Take(i), .. instead, .. Members.Skip(i + 1)]);
    }
}

/// <summary>A defect in the bytes of a body.</summary>
internal readonly record struct Damage(string Kind, int At, byte Value)
{
    public static Gen<Damage> Any { get; } =
        from kind in Gen.Elements("cut", "flip", "insert", "delete", "mark", "utf16", "append", "blanks")
        from at in Gen.Choose(0, 100_000)
        from value in Gen.Choose(0, 255)
        select new Damage(kind, at, (byte)value);

    public byte[] Do(byte[] body)
    {
        var at = body.Length == 0 ? 0 : At % body.Length;
        return Kind switch
        {
            "cut" => body[..at],
            "flip" when body.Length > 0 => [.. body[..at], (byte)(body[at] ^ (1 << (Value % 8))), .. body[(at + 1)..]],
            "insert" => [.. body[..at], Value, .. body[at..]],
            "delete" when body.Length > 0 => [.. body[..at], .. body[(at + 1)..]],
            "mark" => [0xEF, 0xBB, 0xBF, .. body],
            "utf16" => Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(body)),
            "append" => [.. body, Value],
            "blanks" => [.. body, .. Enumerable.Repeat((byte)' ', 70_000)],
            _ => body,
        };
    }
}

/// <summary>Creates bodies as the API document describes them.</summary>
internal sealed class ValidBodies(JsonElement document)
{
    // These values belong to the user of the test; placeholders in braces are replaced when the request is sent.
    private static readonly Dictionary<string, string> Known = new()
    {
        ["password"] = "\"{{password}}\"",
        ["currentPassword"] = "\"{{password}}\"",
        ["newPassword"] = "\"Violet-Lantern-58-Orchard\"",
        ["refreshToken"] = "\"{{refreshToken}}\"",
        ["login"] = "\"{{username}}\"",
        ["username"] = "\"u{{fresh}}\"",
        ["email"] = "\"{{email}}\"",
        ["newEmail"] = "\"u{{fresh}}@example.test\"",
        ["challengeToken"] = "\"{{challengeToken}}\"",
        ["token"] = "\"{{refreshToken}}\"",
        ["userId"] = "\"{{user}}\"",
        ["id"] = "\"{{task}}\"",
        ["ifMatch"] = "{{version}}",
        ["timeZone"] = "\"Europe/Berlin\"",
        ["quietFrom"] = "\"22:00\"",
        ["quietTo"] = "\"06:30\"",
        ["dueAt"] = "\"2026-11-21T18:00:00.000Z\"",
    };

    /// <summary>Creates a body for an operation; null if it has none.</summary>
    public Node? Of(JsonElement operation)
    {
        if (!operation.TryGetProperty("requestBody", out var body))
        {
            return null;
        }

        var schema = body.GetProperty("content").GetProperty("application/json").GetProperty("schema");
        return NodeOf(schema, "", operation.Text("operationId"));
    }

    private Node NodeOf(JsonElement schema, string member, string operation)
    {
        switch (member)
        {
            case "email" when operation == "notificationSettings_set":
                return new Node.Leaf("true");
            case "email" when operation == "auth_register":
                return new Node.Leaf("\"u{{fresh}}@example.test\"");
            case "credential":
                return Credential(operation);
            case var _ when Known.TryGetValue(member, out var known):
                return new Node.Leaf(known);
        }

        if (schema.TryGetProperty("$ref", out var reference))
        {
            var name = reference.GetString()!.Split('/')[^1];
            return NodeOf(document.GetProperty("components").GetProperty("schemas").GetProperty(name), "", operation);
        }

        foreach (var union in (string[])["allOf", "oneOf", "anyOf"])
        {
            if (schema.TryGetProperty(union, out var choices))
            {
                return NodeOf(choices[0], member, operation);
            }
        }

        if (schema.TryGetProperty("properties", out var properties))
        {
            return new Node.Structure([
                .. properties
                    .EnumerateObject()
                    .Select(property => ($"\"{property.Name}\"", NodeOf(property.Value, property.Name, operation))),
            ]);
        }

        if (schema.TryGetProperty("items", out var items))
        {
            return new Node.List([NodeOf(items, "", operation)]);
        }

        return new Node.Leaf(
            schema.TryGetProperty("example", out var example) ? example.GetRawText()
            : schema.TryGetProperty("enum", out var values) ? values[0].GetRawText()
            : schema.TryGetProperty("type", out var type) && type.GetString() == "boolean" ? "true"
            : "\"text\""
        );
    }

    // The response is like that of a browser, for an authenticator that nobody has.
    private static Node.Structure Credential(string operation)
    {
        const string data =
            "\"eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiQUFBQSIsIm9yaWdpbiI6Imh0dHA6Ly9sb2NhbGhvc3Q6NTA4MCJ9\"";
        const string bytes = "\"SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2NFAAAAAA\"";
        (string, Node)[] response =
            operation == "passkeys_add"
                ?
                [
                    ("\"clientDataJSON\"", Leaf(data)),
                    ("\"attestationObject\"", Leaf(bytes)),
                    ("\"transports\"", new Node.List([Leaf("\"internal\"")])),
                ]
                :
                [
                    ("\"clientDataJSON\"", Leaf(data)),
                    ("\"authenticatorData\"", Leaf(bytes)),
                    ("\"signature\"", Leaf(bytes)),
                    ("\"userHandle\"", Leaf(bytes)),
                ];
        return new Node.Structure([
            ("\"id\"", Leaf("\"AAAA\"")),
            ("\"rawId\"", Leaf("\"AAAA\"")),
            ("\"type\"", Leaf("\"public-key\"")),
            ("\"clientExtensionResults\"", new Node.Structure([])),
            ("\"response\"", new Node.Structure(response)),
        ]);

        static Node Leaf(string text) => new Node.Leaf(text);
    }
}

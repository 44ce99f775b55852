using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Fitnessify.WebApi.Tests.Hostile;

/// <summary>Malicious values.</summary>
internal static class HostileValues
{
    private static readonly string[] Pieces =
    [
        "",
        " ",
        "a",
        // These are half of a surrogate pair, a reversed pair, and whole ones.
        "\ud800",
        "\udfff",
        "\udc00\ud800",
        "\ud83d\ude00",
        "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
        // These are control characters, and characters that reorder, hide or join others.
        "\0",
        "\u0001",
        "\u001b[2J",
        "\u001f",
        "\u007f",
        "\u0085",
        "\t",
        "\n",
        "\r\n",
        "\u202e",
        "\u2066",
        "\u200b",
        "\u200d",
        "\ufeff",
        "\u2028",
        "\u2029",
        // These are noncharacters and private ones.
        "\ufffe",
        "\uffff",
        "\ufffd",
        "\ue000",
        "\U000F0000",
        "\U0010FFFF",
        // These change when they are normalized, folded or compared.
        "\u0130\u0131\u00df\u1e9e",
        "e\u0301",
        "\u00e9",
        "\ufdfa",
        "\u212b",
        "\uff21\uff22",
        "\u0300\u0301\u0302\u0303\u0304",
        "\u05d0\u0627",
        "\u0e33\u0f71\u0f72",
        "\u3000",
        "\u00ad",
        // These have a meaning for later processing.
        "'",
        "\"",
        "\\",
        "' OR 1=1 --",
        "'; DROP TABLE \"Users\"; --",
        "%",
        "_",
        "[a-z]",
        "%_[%",
        "{0}",
        "{{x}}",
        "${jndi:ldap://127.0.0.1/a}",
        "<script>alert(1)</script>",
        "../../etc/passwd",
        "..\\..\\",
        "%00",
        "%c0%80",
        "null",
        "undefined",
        "true",
        "NaN",
        "__proto__",
        "$type",
        "admin",
        "\r\nX-Injected: 1",
        "@",
        "a@b.c",
        "\"a b\"@example.test",
        "a@[127.0.0.1]",
        "a@xn--bcher-kva.example",
    ];

    // These are around limits of the API, of the columns and of the server.
    private static readonly int[] Lengths =
    [
        2,
        3,
        30,
        31,
        50,
        51,
        64,
        65,
        100,
        101,
        128,
        129,
        200,
        201,
        254,
        255,
        1000,
        4000,
        4001,
        9000,
    ];

    private static readonly string[] Numbers =
    [
        "0",
        "-0",
        "-1",
        "1",
        "200",
        "201",
        "1.0",
        "1.5",
        "1e2",
        "1E400",
        "-1E400",
        "1e-400",
        "2147483647",
        "2147483648",
        "-2147483648",
        "-2147483649",
        "9007199254740993",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775809",
        "18446744073709551616",
        "79228162514264337593543950336",
        "0.1000000000000000055511151231257827",
        "+1",
        "01",
        ".5",
        "1.",
        "0x10",
        "1_000",
        "1,5",
        "١٢٣",
        "NaN",
        "Infinity",
        "-Infinity",
        "1e",
        "--1",
        "99999999999999999999999999999999999999999999999999",
    ];

    private static readonly string[] Times =
    [
        "0001-01-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "0001-01-01",
        "0000-01-01T00:00:00Z",
        "-0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.9999999Z",
        "9999-12-31T23:59:59.999-14:00",
        "10000-01-01T00:00:00Z",
        "+10000-01-01T00:00:00Z",
        "1753-01-01T00:00:00Z",
        "1752-12-31T23:59:59Z",
        "2026-02-29T00:00:00Z",
        "2024-02-29T00:00:00Z",
        "2026-06-30T23:59:60Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T00:00:00+99:00",
        "2026-01-01T00:00:00+14:01",
        "2026-01-01T00:00:00",
        "2026-01-01T00:00:00.12345678901234567890Z",
        "2026-01-01t00:00:00z",
        "2026-W01-1",
        "2026-01-01 00:00:00Z",
        "2026-1-1T0:0:0Z",
        "1767225600",
        "12:60",
        "24:00",
        "23:59",
        "-00:00",
    ];

    private static readonly string[] Ids =
    [
        "00000000-0000-0000-0000-000000000000",
        "ffffffff-ffff-ffff-ffff-ffffffffffff",
        "{00000000-0000-0000-0000-000000000000}",
        "00000000000000000000000000000000",
        "00000000-0000-0000-0000-00000000000g",
        "00000000-0000-0000-0000-0000000000000",
        "(0x00000000,0x0000,0x0000,{0x00,0x00,0x00,0x00,0x00,0x00,0x00,0x00})",
        "{{task}}",
        "{{notification}}",
        "{{session}}",
        "{{user}}",
        "{{other}}",
        "{{fresh}}",
        "1",
    ];

    private static readonly string[] Zones =
    [
        "Europe/Berlin",
        "UTC",
        "Etc/GMT+12",
        "W. Europe Standard Time",
        "../UTC",
    ];

    /// <summary>Tokens and cursors that were issued for another purpose or manipulated.</summary>
    public static Gen<string> Token { get; } =
        from name in Gen.Elements("token", "refreshToken", "cursor", "syncToken", "challengeToken")
        from at in Gen.Choose(0, 1000)
        from change in Gen.Elements("", "", $":flip:{at}", $":flip:{at}", $":cut:{at}", $":drop:{at}", $":double:{at}")
        select $"{{{{{name}{change}}}}}";

    /// <summary>Any text with all kinds of characters and boundary lengths.</summary>
    public static Gen<string> Text { get; } =
        Gen.Frequency(
            (
                6,
                from count in Gen.Choose(0, 6)
                from pieces in Gen.Elements(Pieces).ListOf(count)
                select string.Concat(pieces)
            ),
            (3, Gen.Elements(Pieces)),
            (2, from piece in Gen.Elements(Pieces) from length in Gen.Elements(Lengths) select Repeat(piece, length)),
            (2, Gen.Elements(Numbers)),
            (2, Gen.Elements(Times)),
            (2, Gen.Elements(Ids)),
            (1, Gen.Elements(Zones)),
            (2, Token),
            (
                2,
                from count in Gen.Choose(0, 40)
                from units in Gen.Choose(0, 0xFFFF).ListOf(count)
                select string.Concat(units.Select(unit => (char)unit))
            )
        );

    /// <summary>Values for an id.</summary>
    public static Gen<string> Id { get; } = Gen.Elements(Ids).Or(Text);

    /// <summary>Any JSON, and text that resembles it.</summary>
    public static Gen<string> Json { get; } = JsonOf(3);

    /// <summary>A text as JSON: correctly escaped, with more escapes than needed, or with too few.</summary>
    public static Gen<string> Quoted(string text) =>
        Gen.Frequency(
            (6, Gen.Constant(Quote(text, character => char.IsControl(character) || char.IsSurrogate(character)))),
            (2, Gen.Constant(Quote(text, _ => true))),
            (1, Gen.Constant(Quote(text, _ => false)))
        );

    /// <summary>A text in a URL, encoded or not.</summary>
    public static Gen<string> Encoded(string text) =>
        Gen.Frequency((8, Gen.Constant(Percent(text))), (1, Gen.Constant(text)), (1, Gen.Constant(text + "%zz%")));

    private static Gen<string> JsonOf(int depth)
    {
        var text = from value in Text from quoted in Quoted(value) select quoted;
        var scalar = Gen.OneOf(
            text,
            text,
            Gen.Elements(Numbers),
            Gen.Elements(
                "null",
                "true",
                "false",
                "nul",
                "True",
                "'a'",
                "undefined",
                "",
                "\"",
                "\"\\x\"",
                "\"\\u12\"",
                "/**/1"
            )
        );
        if (depth == 0)
        {
            return scalar;
        }

        var inner = JsonOf(depth - 1);
        return Gen.Frequency(
            (8, scalar),
            (1, from count in Gen.Choose(0, 4) from items in inner.ListOf(count) select $"[{string.Join(',', items)}]"),
            (
                1,
                from count in Gen.Choose(0, 4)
                from members in Gen.Zip(text, inner).ListOf(count)
                select $"{{{string.Join(',', members.Select(member => $"{member.Item1}:{member.Item2}"))}}}"
            ),
            (1, from levels in Gen.Elements(10, 31, 32, 33, 64, 5000) select Nest(levels))
        );
    }

    private static string Nest(int levels) => new string('[', levels) + new string(']', levels);

    private static string Repeat(string piece, int length) =>
        piece.Length == 0 ? "" : string.Concat(Enumerable.Repeat(piece, (length / piece.Length) + 1))[..length];

    private static string Quote(string text, Func<char, bool> isEscaped)
    {
        // Placeholders are replaced later.
        if (text.StartsWith("{{", StringComparison.Ordinal))
        {
            return $"\"{text}\"";
        }

        var json = new StringBuilder("\"");
        foreach (var character in text)
        {
            _ =
                isEscaped(character) ? json.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}")
                : character is '"' or '\\' ? json.Append('\\').Append(character)
                : json.Append(character);
        }

        return json.Append('"').ToString();
    }

    // This also encodes unpaired surrogates, which the framework would replace.
    private static string Percent(string text)
    {
        if (text.StartsWith("{{", StringComparison.Ordinal))
        {
            return text;
        }

        var url = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            var isPair = char.IsHighSurrogate(character) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            byte[] bytes =
                isPair ? Encoding.UTF8.GetBytes(text.Substring(i++, 2))
                : char.IsSurrogate(character)
                    ? [0xED, (byte)(0x80 | ((character >> 6) & 0x3F)), (byte)(0x80 | (character & 0x3F))]
                : Encoding.UTF8.GetBytes([character]);
            foreach (var one in bytes)
            {
                _ = char.IsAsciiLetterOrDigit((char)one)
                    ? url.Append((char)one)
                    : url.Append(CultureInfo.InvariantCulture, $"%{one:X2}");
            }
        }

        return url.ToString();
    }
}

using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Http;

namespace Fitnessify.WebApi.Tests.Hostile;

/// <summary>How the length of a body is declared.</summary>
internal enum Framing
{
    Right,
    Chunked,
    BrokenChunk,
    TooLong,
    TooShort,
}

/// <summary>A malicious request. Placeholders in braces are replaced when it is sent.</summary>
internal sealed record HostileRequest(
    string Route,
    string Method,
    string Target,
    IReadOnlyList<(string Name, string Value)> Headers,
    string? Body,
    IReadOnlyList<Damage> Damages,
    Framing Framing
)
{
    private const char HighestByte = (char)0xFF;

    /// <summary>Gets whether the receiver can determine where the request ends.</summary>
    public bool IsFramed => Framing is Framing.Right or Framing.Chunked;

    /// <summary>Returns the bytes of the request.</summary>
    public byte[] Write(Func<string, string> fill)
    {
        var body = Body is null ? [] : Encoding.UTF8.GetBytes(fill(Body));
        body = Damages.Aggregate(body, (damaged, damage) => damage.Do(damaged));
        var head = new StringBuilder($"{Method} {OneLine(fill(Target))} HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        foreach (var (name, value) in Headers)
        {
            head.Append(name).Append(": ").Append(OneLine(fill(value))).Append("\r\n");
        }

        if (Framing is Framing.Chunked or Framing.BrokenChunk)
        {
            head.Append("Transfer-Encoding: chunked\r\n\r\n");
            var length = Framing == Framing.Chunked ? $"{body.Length:x}" : "zz";
            var chunk = body.Length == 0 ? [] : (byte[])[.. Bytes($"{length}\r\n"), .. body, .. "\r\n"u8];
            return [.. Bytes(head.ToString()), .. chunk, .. "0\r\n\r\n"u8];
        }

        var announced =
            body.Length
            + (
                Framing == Framing.TooLong ? 10
                : Framing == Framing.TooShort ? -body.Length / 2
                : 0
            );
        if (Body is not null || announced > 0)
        {
            head.Append("Content-Length: ").Append(announced).Append("\r\n");
        }

        return [.. Bytes(head.Append("\r\n").ToString()), .. body];
    }

    public override string ToString() => Encoding.UTF8.GetString(Write(text => text));

    // Otherwise the response would not belong to this request.
    private static string OneLine(string text) => text.Replace('\r', ' ').Replace('\n', ' ');

    private static byte[] Bytes(string text) =>
        (text.Any(character => character > HighestByte) ? Encoding.UTF8 : Encoding.Latin1).GetBytes(text);
}

/// <summary>Creates malicious requests to the routes of a running server.</summary>
/// <param name="bodies">The bodies of each operation.</param>
internal sealed partial class HostileRequests(ValidBodies bodies)
{
    private static readonly Gen<string> Method = Gen.Elements(
        "GET",
        "HEAD",
        "POST",
        "PUT",
        "PATCH",
        "DELETE",
        "OPTIONS",
        "TRACE",
        "get",
        "PROPFIND",
        "X"
    );

    private static readonly Gen<string> Authorization = Gen.Frequency(
        (4, from token in HostileValues.Token select $"Bearer {token}"),
        (1, from token in HostileValues.Token select $"bearer  {token} "),
        (1, from text in HostileValues.Text select $"Bearer {text}"),
        (1, from text in HostileValues.Text select text),
        (1, Gen.Elements("Basic YTpi", "Bearer", "Bearer ", "", "Negotiate", "Bearer {{token}}, Bearer {{token}}"))
    );

    private static readonly Gen<string> Tag = Gen.Frequency(
        (
            3,
            Gen.Elements(
                "*",
                "\"{{version}}\"",
                "W/\"{{version}}\"",
                "\"0\"",
                "\"-1\"",
                "\"99999999999999999999\"",
                "\"",
                "\"\""
            )
        ),
        (
            1,
            Gen.Elements(
                "*, \"1\"",
                "\"1\",,\"2\"",
                "\"{{version}}\", \"x\"",
                string.Join(',', Enumerable.Repeat("\"1\"", 500))
            )
        ),
        (2, from text in HostileValues.Text select $"\"{text}\""),
        (1, HostileValues.Text)
    );

    private static readonly Gen<string> MediaType = Gen.Elements(
        "application/json; charset=utf-16",
        "application/json; charset=\"",
        "application/json;charset=utf-8;charset=utf-7",
        "application/merge-patch+json",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "text/plain",
        "text/event-stream",
        "*/*",
        "/",
        ";",
        "application/*;q=0",
        "application/json;q=2",
        "application/json;q=-1",
        "application/problem+json",
        "\"",
        ""
    );

    private static readonly Gen<(string Name, string Value)> Header = Gen.Frequency(
        (6, Named(Authorization, "Authorization")),
        (4, Named(Tag, "If-Match", "If-None-Match", "If-Modified-Since", "Range", "If-Range")),
        (3, Named(MediaType.Or(HostileValues.Text), "Content-Type", "Accept", "Accept-Encoding", "Accept-Charset")),
        (
            2,
            Named(
                HostileValues.Id,
                "Last-Event-ID",
                "traceparent",
                "tracestate",
                "baggage",
                "Request-Id",
                "Correlation-Context"
            )
        ),
        (
            2,
            Named(
                HostileValues.Text,
                "Host",
                "X-Forwarded-For",
                "X-Forwarded-Proto",
                "X-Forwarded-Host",
                "Forwarded",
                "Origin",
                "Referer",
                "Cookie",
                "User-Agent",
                "Accept-Language",
                "X-HTTP-Method-Override",
                "Access-Control-Request-Method",
                "Access-Control-Request-Headers",
                "Upgrade",
                "Connection",
                "Expect",
                "Content-Encoding",
                "Content-Language",
                "Via",
                "X-Original-URL",
                "X-Rewrite-URL"
            )
        ),
        (
            1,
            Named(
                Gen.Elements("100-continue", "gzip", "chunked", "h2c", "websocket", "keep-alive, Upgrade"),
                "Expect",
                "Content-Encoding",
                "TE",
                "Trailer",
                "Upgrade",
                "Connection"
            )
        ),
        (1, Named(HostileValues.Text, "", "X Y", "X-\u00e9", "X-{{fresh}}", ":path"))
    );

    /// <summary>Creates requests to this route.</summary>
    public Gen<HostileRequest> To(Route route)
    {
        var valid = route.Operation is { } operation ? bodies.Of(operation) : null;
        var body = valid is null
            ? Gen.Frequency((8, Gen.Constant<string?>(null)), (2, HostileValues.Json.Select(string? (text) => text)))
            : Gen.Frequency(
                (2, Gen.Constant<string?>(valid.Write())),
                (8, from node in valid.Mutate() select node.Write()),
                (2, from node in valid.Mutate() from twice in node.Mutate() select twice.Write()),
                (1, HostileValues.Json.Select(string? (text) => text)),
                (1, Gen.Constant<string?>(""))
            );
        return from method in Gen.Frequency((20, Gen.Constant(route.Method)), (1, Method))
            from target in Target(route)
            from headers in Headers(route)
            from text in body
            from damages in Gen.Frequency((8, Gen.Constant(0)), (2, Gen.Constant(1)), (1, Gen.Constant(2)))
            from damage in Damage.Any.ListOf(text is null ? 0 : damages)
            from framing in Gen.Frequency(
                (30, Gen.Constant(Framing.Right)),
                (3, Gen.Constant(Framing.Chunked)),
                (1, Gen.Elements(Framing.BrokenChunk, Framing.TooLong, Framing.TooShort))
            )
            select new HostileRequest(
                route.Name,
                method,
                target,
                [.. headers],
                text,
                [.. damage],
                text is null ? Framing.Right : framing
            );
    }

    private static Gen<(string Name, string Value)> Named(Gen<string> values, params string[] names) =>
        from name in Gen.Elements(names)
        from value in values
        select (name, value);

    private static Gen<string> Target(Route route)
    {
        var path = Path(route.Path);
        var query = Query(route.Parameters);
        return Gen.Frequency(
            (30, from start in path from end in query select start + end),
            (
                1,
                from start in path
                from text in HostileValues.Text
                from end in HostileValues.Encoded(text)
                select start + end
            ),
            (
                1,
                from start in path
                from end in Gen.Elements("/", "//", "/.", "/..", "/%2e%2e/", ";a=b", "%00", "%2f", "?", "#", "?&&=&")
                select start + end
            ),
            (1, from start in path select start.ToUpperInvariant()),
            (1, from start in path select $"http://other.example{start}"),
            (1, from text in HostileValues.Text from rest in HostileValues.Encoded(text) select $"/{rest}"),
            (1, from text in HostileValues.Text from rest in HostileValues.Encoded(text) select $"/api/v1/{rest}")
        );
    }

    private static Gen<string> Path(string template) =>
        from id in Gen.Frequency((2, Gen.Constant(OwnId(template))), (1, HostileValues.Id))
        from encoded in HostileValues.Encoded(id)
        select Placeholder().Replace(template, _ => id == OwnId(template) ? id : encoded);

    private static string OwnId(string template) =>
        template.Split('/').ElementAtOrDefault(3) switch
        {
            "tasks" => "{{task}}",
            "notifications" => "{{notification}}",
            "sessions" => "{{session}}",
            "admin" => "{{other}}",
            _ => "{{user}}",
        };

    private static Gen<string> Query(IReadOnlyList<string> parameters)
    {
        var name = parameters.Count == 0 ? Gen.Elements("limit", "cursor", "x") : Gen.Elements(parameters.Append("x"));
        var value = Gen.OneOf(
            HostileValues.Text,
            Gen.Elements(
                "todo",
                "done",
                "low",
                "createdAt",
                "-title",
                "dueAt",
                "true",
                "false",
                "1",
                "50",
                "200",
                "Europe/Berlin"
            ),
            HostileValues.Token
        );
        var pair =
            from key in name
            from text in Gen.Frequency((1, value), (key is "cursor" or "since" ? 3 : 0, HostileValues.Token))
            from encoded in HostileValues.Encoded(text)
            from form in Gen.Frequency(
                (12, Gen.Constant("{0}={1}")),
                (1, Gen.Elements("{0}", "={1}", "{0}[]={1}", "{0}.x={1}", "{0}={1}&{0}={1}"))
            )
            select form.Replace("{0}", key, StringComparison.Ordinal).Replace("{1}", encoded, StringComparison.Ordinal);
        return from count in Gen.Frequency((parameters.Count == 0 ? 8 : 1, Gen.Constant(0)), (4, Gen.Choose(1, 3)))
            from pairs in pair.ListOf(count)
            select count == 0 ? "" : $"?{string.Join('&', pairs)}";
    }

    // Most requests have a valid token and reach the use case.
    private static Gen<IEnumerable<(string Name, string Value)>> Headers(Route route) =>
        from count in Gen.Frequency((5, Gen.Constant(0)), (3, Gen.Constant(1)), (1, Gen.Choose(2, 4)))
        from hostile in Header.ListOf(count)
        from own in Gen.Frequency((1, Gen.Constant(false)), (12, Gen.Constant(true)))
        select Usual(route).Where(usual => own && !hostile.Any(header => header.Name == usual.Name)).Concat(hostile);

    private static IEnumerable<(string Name, string Value)> Usual(Route route) =>
        [
            (
                "Authorization",
                route.Path.Contains("/admin/", StringComparison.Ordinal) ? "Bearer {{admin}}" : "Bearer {{token}}"
            ),
            ("Content-Type", "application/json"),
        ];

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Placeholder();
}

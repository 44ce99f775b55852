using System.Text;
using System.Text.RegularExpressions;

namespace Fitnessify.Infrastructure.Tests.Mail;

/// <summary>A mail as whoever gets it reads it.</summary>
internal sealed partial class ParsedMail
{
    private readonly List<(string Name, string Value)> _headers;

    private ParsedMail(string source)
    {
        var (head, body) = Split(source);
        _headers = head;
        var boundary = Boundary().Match(this["Content-Type"]).Groups[1].Value;
        Parts =
        [
            .. body.Split($"--{boundary}")[1..^1]
                .Select(part => Split(part.TrimStart('\r', '\n')))
                .Select(part => (Of(part.Head, "Content-Type"), Decode(part.Head, part.Body))),
        ];
    }

    public IEnumerable<string> Names => _headers.Select(header => header.Name);

    public IReadOnlyList<(string Type, string Content)> Parts { get; }

    public string Subject =>
        // Between two encoded words stands nothing but the fold.
        EncodedWord()
            .Replace(
                Fold().Replace(this["Subject"], "?==?"),
                word => Encoding.UTF8.GetString(Convert.FromBase64String(word.Groups[1].Value))
            );

    public string this[string name] => Of(_headers, name);

    public static ParsedMail Of(string source) => new(source);

    private static string Of(List<(string Name, string Value)> headers, string name) =>
        headers.Single(header => header.Name == name).Value;

    private static (List<(string Name, string Value)> Head, string Body) Split(string source)
    {
        var end = source.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var lines = FoldedLine().Replace(source[..end], " ").Split("\r\n");
        return ([.. lines.Select(line => line.Split(": ", 2)).Select(pair => (pair[0], pair[1]))], source[(end + 4)..]);
    }

    private static string Decode(List<(string Name, string Value)> head, string body) =>
        Of(head, "Content-Transfer-Encoding") == "base64"
            ? Encoding.UTF8.GetString(Convert.FromBase64String(body))
            : throw new NotSupportedException("Bodies are in base64.");

    [GeneratedRegex(@"\r\n[ \t]+")]
    private static partial Regex FoldedLine();

    [GeneratedRegex("""boundary="?([^";]+)""")]
    private static partial Regex Boundary();

    [GeneratedRegex(@"\?= =\?")]
    private static partial Regex Fold();

    [GeneratedRegex(@"=\?utf-8\?B\?(.*?)\?=")]
    private static partial Regex EncodedWord();
}

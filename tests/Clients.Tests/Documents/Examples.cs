using System.Text.RegularExpressions;

namespace Fitnessify.Clients.Tests.Documents;

/// <summary>
/// Checks that a test does what a document shows: the lines of all its C# examples are lines of the test, in their order.
/// The test may do more between them. The path of the document starts at the root of the repository.
/// </summary>
internal static partial class Examples
{
    public static async Task AssertShownInAsync(string document, string test)
    {
        var text = await ReadAsync(document);
        var blocks = string.Concat(Block().Matches(text).Select(match => match.Groups[1].Value));
        var lines = LinesOf(blocks.Replace("\"http://localhost:5080\"", "server.Address", StringComparison.Ordinal));
        Assert.That(lines, Is.Not.Empty);
        var done = LinesOf(await ReadAsync("tests", "Clients.Tests", "Documents", $"{test}.cs"));
        foreach (var line in lines)
        {
            var at = done.IndexOf(line);
            Assert.That(at, Is.Not.Negative, $"{test} does not do what {document} shows: {line}");
            done.RemoveRange(0, at + 1);
        }
    }

    private static async Task<string> ReadAsync(params string[] path) =>
        (await File.ReadAllTextAsync(Path.Combine([Programs.Root, .. path]))).ReplaceLineEndings("\n");

    private static List<string> LinesOf(string text) =>
        [.. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    [GeneratedRegex("^```csharp\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();
}

using System.Text.RegularExpressions;
using Fitnessify.Architecture.Tests.Support;

namespace Fitnessify.Architecture.Tests;

/// <summary>Checks the links of the documents and the files that they name. External targets are not requested.</summary>
public sealed partial class LinkTests
{
    private static readonly string[] Ignored = ["node_modules", "bin", "obj", "dist", "build"];

    public static IEnumerable<string> Documents =>
        [
            "README.md",
            "CONTRIBUTING.md",
            "CHANGELOG.md",
            "SECURITY.md",
            .. from folder in new[] { "docs", "clients" }
            from path in Directory.EnumerateFiles(
                Path.Combine(Source.Root, folder),
                "*.md",
                SearchOption.AllDirectories
            )
            let relative = Path.GetRelativePath(Source.Root, path).Replace('\\', '/')
            where !relative.Split('/').Intersect(Ignored).Any()
            select relative,
        ];

    [TestCaseSource(nameof(Documents))]
    public void All_links_resolve(string document)
    {
        var broken = LinksOf(Read(document)).Where(link => BrokenReason(document, link) is not null);
        Assert.That(broken.Select(link => $"{link}: {BrokenReason(document, link)}"), Is.Empty, document);
    }

    [TestCaseSource(nameof(Documents))]
    public void Named_files_exist(string document)
    {
        var text = Read(document);
        // The changelog and superseded decisions name files as they were at the time.
        // The server creates the folder of its database at its first start.
        var isHistory = document == "CHANGELOG.md" || text.Contains("Superseded", StringComparison.Ordinal);
        var missing = PathsOf(text)
            .Where(path =>
                !path.StartsWith("src/WebApi/data/", StringComparison.Ordinal)
                && !Path.Exists(Path.Combine(Source.Root, path))
            );
        Assert.That(isHistory ? [] : missing, Is.Empty, document);
    }

    [TestCase("`src/Domain/Tasks/TaskItem.cs` and `dotnet test tests/Cluster`", "src/Domain/Tasks/TaskItem.cs")]
    [TestCase("`src/Application/<Room>/VerbNoun.cs`, `tests/Clients.Tests/Documents/*Tests.cs`", null)]
    [TestCase("```sh\nsrc/Infrastructure\n```\n`docs/`", "docs/")]
    public void A_full_path_in_a_code_span_names_a_file(string text, string? expected) =>
        Assert.That(PathsOf(text), Is.EqualTo(expected is null ? [] : (string[])[expected]));

    [TestCase("[a](decisions/0001-result-over-exceptions.md)", null)]
    [TestCase("[a](../README.md#start)", null)]
    [TestCase("[a](#errors)", null)]
    [TestCase("[a](https://example.com/a#b)", null)]
    [TestCase("[a](nowhere.md)", "no such file")]
    [TestCase("[a](../README.md#nowhere)", "no such heading")]
    [TestCase("[a](#nowhere)", "no such heading")]
    [TestCase("[a](https:/example.com)", "no address")]
    [TestCase("[a](http://)", "no address")]
    public void The_rule_about_links_can_fail(string text, string? expected) =>
        Assert.That(
            LinksOf(text).Select(link => BrokenReason("docs/errors.md", link)),
            Is.EqualTo((string?[])[expected])
        );

    [Test]
    public void Links_in_code_examples_are_ignored() =>
        Assert.That(
            LinksOf("```console\n[a](nowhere.md)\n```\n`[b](nowhere.md)`\n\n[c](d.md)"),
            Is.EqualTo((string[])["d.md"])
        );

    [TestCase("## Sign in", "sign-in")]
    [TestCase("### `code`, and what then?", "code-and-what-then")]
    [TestCase("# [0.1.0] - 2026-01-01", "010---2026-01-01")]
    public void An_anchor_matches_the_one_that_GitHub_generates_for_the_heading(string heading, string expected) =>
        Assert.That(AnchorsOf(heading), Is.EqualTo((string[])[expected]));

    private static string Read(string path) =>
        File.ReadAllText(Path.Combine(Source.Root, path)).ReplaceLineEndings("\n");

    private static IEnumerable<string> LinksOf(string text) =>
        Link().Matches(Quoted().Replace(text, "")).Select(match => match.Groups[1].Value);

    private static IEnumerable<string> PathsOf(string text) =>
        NamedPath().Matches(Fence().Replace(text, "")).Select(match => match.Groups[1].Value);

    private static string? BrokenReason(string document, string link)
    {
        if (link.Contains(':', StringComparison.Ordinal))
        {
            return Uri.TryCreate(link, UriKind.Absolute, out var address) && address.Host.Length > 0
                ? null
                : "no address";
        }

        var parts = link.Split('#');
        var target = parts[0].Length == 0 ? document : Path.Combine(Path.GetDirectoryName(document)!, parts[0]);
        var path = Path.Combine(Source.Root, target);
        return !Path.Exists(path) ? "no such file"
            : parts.Length > 1 && !AnchorsOf(Read(target)).Contains(parts[1]) ? "no such heading"
            : null;
    }

    private static IEnumerable<string> AnchorsOf(string text) =>
        Heading()
            .Matches(Fence().Replace(text, ""))
            .Select(match =>
                NonAnchorCharacter().Replace(match.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-')
            );

    [GeneratedRegex(@"\[[^\]]*\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^```.*?^```$|`[^`\n]*`", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Quoted();

    [GeneratedRegex("^```.*?^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex("`((?:src|tests|tools|clients|deploy|docs)/[A-Za-z0-9._/-]*)`")]
    private static partial Regex NamedPath();

    [GeneratedRegex("^#{1,6} (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NonAnchorCharacter();
}

using System.Text.RegularExpressions;

namespace Fitnessify.WebApi.Tests.Contract;

public sealed partial class SettingsReferenceTests
{
    private const string Document = "settings.md";
    private const string Switch = "FITNESSIFY_WRITE_DOCS";

    private static readonly ReadSettings Read = new();
    private static readonly IReadOnlyList<Setting> Settings = SettingsReference.Explain(Read);
    private static readonly HashSet<string> Known = [.. Read.Keys, .. SettingsReference.Others];

    /// <summary>The files that tell an operator what to set, from the root of the repository.</summary>
    public static IEnumerable<string> Texts
    {
        get
        {
            var root = Path.GetDirectoryName(Documents.Folder)!;
            var files = Directory
                .EnumerateFiles(Path.Combine(root, "deploy"), "*", SearchOption.AllDirectories)
                .Concat(Directory.EnumerateFiles(Documents.Folder, "*.md"))
                .Concat(
                    new[] { "README.md", "Dockerfile", "compose.yaml", "compose.sqlite.yaml" }.Select(name =>
                        Path.Combine(root, name)
                    )
                );
            return files
                .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))
                .Where(path =>
                    !path.Contains("/node_modules/", StringComparison.Ordinal) && path != $"docs/{Document}"
                );
        }
    }

    [Test]
    public void The_reference_explains_exactly_the_existing_keys() =>
        Assert.That(
            Settings.Select(setting => setting.Key).Concat(SettingsReference.Others),
            Is.EquivalentTo(Read.Keys),
            "The summary of a class of options begins with \"Section <c>…</c>: \"."
        );

    [Test]
    public async Task The_reference_equals_the_committed_document()
    {
        var written = SettingsReference.Write(Settings);
        if (Environment.GetEnvironmentVariable(Switch) == "1")
        {
            await File.WriteAllTextAsync(Path.Combine(Documents.Folder, Document), written);
        }

        Assert.That(
            await Documents.ReadAsync(Document),
            Is.EqualTo(written.ReplaceLineEndings()),
            $"Run this test with {Switch}=1, which writes docs/{Document}, and commit that."
        );
    }

    [TestCaseSource(nameof(Texts))]
    public async Task Other_documents_name_only_existing_settings(string path)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Documents.Folder, "..", path));
        Assert.That(UnknownIn(text), Is.Empty, path);
    }

    [TestCase("Set `Mail:Mode` and `Cors:Origins`.", null)]
    [TestCase("Set `Mail:Kind`.", "Mail:Kind")]
    [TestCase("Set `Mail:Mode=Smtp` or `Seed:Admin`.", null)]
    [TestCase("Environment=Mail__Mode=Smtp Transport__KnownProxies__0=127.0.0.1", null)]
    [TestCase("Mail__Kind: Smtp", "Mail:Kind")]
    [TestCase("Transport__KnownProxys__0: 127.0.0.1", "Transport:KnownProxys")]
    [TestCase("`Transport:KnownProxys`", "Transport:KnownProxys")]
    [TestCase("Identity__Providers__example__ClientIds__0=1 Identity__Providers__google__Issuer=2", null)]
    [TestCase("Identity__Providers__example__Key=1", "Identity:Providers:google:Key")]
    public void The_rule_about_settings_can_fail(string text, string? unknown) =>
        Assert.That(UnknownIn(text), Is.EqualTo(unknown is null ? [] : (string[])[unknown]));

    private static IEnumerable<string> UnknownIn(string text)
    {
        var sections = Known.Select(key => key.Split(':')[0]).ToHashSet();
        return Variable()
            .Matches(text)
            .Select(match => match.Value.Replace("__", ":", StringComparison.Ordinal))
            .Concat(Quoted().Matches(text).Select(match => match.Groups[1].Value))
            .Select(key => Number().Replace(key, ""))
            // Other providers than the known ones have the settings of google.
            .Select(key => key.Replace(":Providers:example:", ":Providers:google:", StringComparison.Ordinal))
            .Where(key => sections.Contains(key.Split(':')[0]))
            .Where(key => !Known.Any(known => known == key || known.StartsWith($"{key}:", StringComparison.Ordinal)))
            .Distinct();
    }

    [GeneratedRegex(@"\b[A-Z][A-Za-z]*(__\w+?)+\b")]
    private static partial Regex Variable();

    [GeneratedRegex(@"`([A-Z][A-Za-z]*(:[A-Z][A-Za-z]*)+)(=[^`]*)?`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(:\d+)+$")]
    private static partial Regex Number();
}

using System.Text.RegularExpressions;
using System.Xml.Linq;
using Fitnessify.Architecture.Tests.Support;

namespace Fitnessify.Architecture.Tests;

/// <summary>The words of mails and of notifications are in resource files, so that a translator finds all of them.</summary>
public sealed partial class MailTextTests
{
    private static readonly string[] Rooms = ["src/Infrastructure/Mail", "src/Infrastructure/Push"];

    private static readonly string[] Phrases =
    [
        .. Rooms
            .SelectMany(room => Directory.GetFiles(Path.Combine(Source.Root, room, "Texts"), "*.resx"))
            .SelectMany(file => XDocument.Load(file).Descendants("data"))
            .SelectMany(text => PhrasesOf(text.Element("value")!.Value)),
    ];

    [Test]
    public void No_words_of_a_mail_or_a_notification_are_in_the_code() =>
        Assert.That(WordsIn(Source.Production), Is.Empty);

    [Test]
    public void No_string_in_the_room_Mail_of_Domain_is_a_sentence() =>
        Assert.That(SentencesIn(Source.Production), Is.Empty);

    [Test]
    public void These_rules_can_fail()
    {
        SourceFile[] files =
        [
            new(
                "src/Domain/Mail/A.cs",
                ["var lead = $\"{count} tasks are overdue\";", "var none = name ?? \"\" + text + \"\";"]
            ),
            new("src/Application/Mail/B.cs", ["var due = $\"due on {at}\";"]),
            new("src/Infrastructure/Push/C.cs", ["var heading = \"Overdue task\";"]),
        ];

        Assert.That(SentencesIn(files), Is.EqualTo([$"src/Domain/Mail/A.cs:1: {files[0].Lines[0]}"]));
        Assert.That(
            WordsIn(files),
            Is.EqualTo([
                $"src/Application/Mail/B.cs:1: {files[1].Lines[0]}",
                $"src/Infrastructure/Push/C.cs:1: {files[2].Lines[0]}",
            ])
        );
    }

    private static IEnumerable<string> WordsIn(IEnumerable<SourceFile> files)
    {
        var words = new Regex(string.Join('|', Phrases.Select(Regex.Escape)));
        return In($"src/(Domain|Application)/|({string.Join('|', Rooms)})/", files)
            .SelectMany(file => file.Find(words));
    }

    private static IEnumerable<string> SentencesIn(IEnumerable<SourceFile> files) =>
        In("src/Domain/Mail/", files).SelectMany(file => file.Find(Sentence()));

    private static IEnumerable<SourceFile> In(string folders, IEnumerable<SourceFile> files) =>
        files.Where(file => Regex.IsMatch(file.Path, $"^({folders})"));

    // A single word may be part of anything.
    private static IEnumerable<string> PhrasesOf(string text) =>
        Placeholder().Split(text).Select(part => part.Trim()).Where(part => part.Contains(' '));

    [GeneratedRegex(@"\{\{.*?\}\}")]
    private static partial Regex Placeholder();

    // Quotation marks come in pairs: what is between two strings does not count.
    [GeneratedRegex(@"^([^""]*""[^""]*"")*[^""]*""[^""]*\w \w[^""]*""")]
    private static partial Regex Sentence();
}

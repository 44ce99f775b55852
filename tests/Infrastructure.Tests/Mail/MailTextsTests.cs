using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using Fitnessify.Domain.Mail;
using Fitnessify.Infrastructure.Mail;

namespace Fitnessify.Infrastructure.Tests.Mail;

public sealed partial class MailTextsTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 20, 9, 30, 0, TimeSpan.Zero);

    private static readonly ResourceManager Resources = new(
        "Fitnessify.Infrastructure.Mail.Texts.MailTexts",
        typeof(MailTexts).Assembly
    );

    private static readonly Dictionary<string, string> English = Read(CultureInfo.InvariantCulture);

    /// <summary>Gets English, and each language that has a folder with its resources beside the program.</summary>
    public static string[] Languages => ["en", .. Translations];

    private static string[] Translations =>
        [
            .. Directory
                .GetFiles(
                    AppContext.BaseDirectory,
                    "Fitnessify.Infrastructure.resources.dll",
                    SearchOption.AllDirectories
                )
                .Select(file => Path.GetFileName(Path.GetDirectoryName(file)!)),
        ];

    [Test]
    public void There_are_texts_in_English_and_German() => Assert.That(Languages, Is.SupersetOf(["en", "de"]));

    [TestCaseSource(nameof(Translations))]
    public void A_language_has_every_text_of_English_and_no_other(string language) =>
        Assert.That(Read(language).Keys, Is.EquivalentTo(English.Keys));

    [TestCaseSource(nameof(Translations))]
    public void The_texts_of_a_language_have_the_placeholders_of_the_English_ones(string language) =>
        Assert.That(
            from text in Read(language)
            where English.ContainsKey(text.Key)
            where !PlaceholdersOf(text.Value).SequenceEqual(PlaceholdersOf(English[text.Key]))
            select text.Key,
            Is.Empty
        );

    [TestCaseSource(nameof(Languages))]
    public void No_text_is_empty_and_the_texts_name_their_language(string language)
    {
        var texts = language == "en" ? English : Read(language);

        Assert.That(texts.Values, Has.None.Empty);
        Assert.That(texts["Mail.Language"], Is.EqualTo(language));
    }

    [Test]
    public void Every_text_is_named_after_a_kind_of_mail_and_every_kind_has_a_subject()
    {
        var kinds = Enum.GetNames<MailKind>();

        Assert.That(English.Keys.Select(name => name.Split('.')[0]).Distinct(), Is.SubsetOf(kinds.Append("Mail")));
        Assert.That(kinds.Select(kind => $"{kind}.Subject"), Is.SubsetOf(English.Keys));
    }

    [TestCase("en", "en")]
    [TestCase("en-GB", "en")]
    [TestCase("de", "de")]
    [TestCase("de-AT", "de")]
    [TestCase("DE-ch", "de")]
    [TestCase("de-Latn-US", "de")]
    [TestCase("fr", "en")]
    [TestCase("x", "en")]
    [TestCase("", "en")]
    [TestCase("../de", "en")]
    [TestCase("de\0", "de")]
    public void A_locale_selects_its_language_or_English(string locale, string language) =>
        Assert.That(MailTexts.In(locale).Language, Is.EqualTo(language));

    [Test]
    public void An_unknown_locale_leaves_nothing_in_memory()
    {
        string[] locales = [.. Enumerable.Range(0, 100).Select(number => $"de-x-{number}")];
        _ = MailTexts.In("en");
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var locale in locales)
        {
            _ = MailTexts.In(locale);
        }

        // The runtime would keep each culture that it makes of a locale.
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [TestCase("en", "Friday, 20 November 2026, 10:30 (Europe/Berlin)", "1,500")]
    [TestCase("de-AT", "Freitag, 20. November 2026, 10:30 (Europe/Berlin)", "1.500")]
    [TestCase("fr", "Friday, 20 November 2026, 10:30 (Europe/Berlin)", "1,500")]
    public void Times_and_numbers_are_formatted_for_the_language(string locale, string time, string number)
    {
        var texts = MailTexts.In(locale);

        Assert.That(texts.Format(At, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")), Is.EqualTo(time));
        Assert.That(texts.Format(1500), Is.EqualTo(number));
    }

    [Test]
    public void An_unknown_text_throws() =>
        Assert.That(
            () => MailTexts.In("de")["Mail.Nothing"],
            Throws.InvalidOperationException.With.Message.Contains("Mail.Nothing")
        );

    [TestCaseSource(nameof(Templates))]
    public void A_template_has_no_words(string template) => Assert.That(WordsIn(ReadTemplate(template)), Is.Empty);

    [TestCase("<p style=\"margin: 0\">{{Lead}} <b>now</b></p>", "now")]
    [TestCase("{{Lead}}\n\nWhen: {{at}}", "When")]
    [TestCase(
        "<style>.a { b: c }</style>&middot;<a href=\"{{publicUrl}}/a#b={{c}}&amp;d\">{{publicUrl}}/a#b={{c}}&amp;d</a>",
        ""
    )]
    public void The_rule_about_templates_can_fail(string template, string words) =>
        Assert.That(string.Join(' ', WordsIn(template)), Is.EqualTo(words));

    private static string[] Templates =>
        [
            .. typeof(MailTexts)
                .Assembly.GetManifestResourceNames()
                .Where(name => Path.GetExtension(name) is ".txt" or ".html"),
        ];

    private static string ReadTemplate(string name)
    {
        using var reader = new StreamReader(typeof(MailTexts).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private static IEnumerable<string> WordsIn(string template) =>
        Word().Matches(NotText().Replace(template, " ")).Select(word => word.Value);

    private static Dictionary<string, string> Read(string language) => Read(CultureInfo.GetCultureInfo(language));

    private static Dictionary<string, string> Read(CultureInfo culture) =>
        Resources
            .GetResourceSet(culture, createIfNotExists: true, tryParents: false)!
            .Cast<DictionaryEntry>()
            .ToDictionary(text => (string)text.Key, text => (string)text.Value!);

    private static IEnumerable<string> PlaceholdersOf(string text) =>
        Placeholder().Matches(text).Select(match => match.Value).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{\{.*?\}\}")]
    private static partial Regex Placeholder();

    // Addresses begin with a placeholder, and what belongs to HTML is not visible.
    [GeneratedRegex(@"<style>.*?</style>|\{\{publicUrl\}\}[^\s""<]*|<.*?>|\{\{.*?\}\}|&\w+;", RegexOptions.Singleline)]
    private static partial Regex NotText();

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex Word();
}

using System.Collections;
using System.Globalization;
using System.Resources;
using Fitnessify.Domain.Push;
using Fitnessify.Infrastructure.Push;

namespace Fitnessify.Infrastructure.Tests.Push;

public sealed class PushTextsTests
{
    private static readonly ResourceManager Resources = new(
        "Fitnessify.Infrastructure.Push.Texts.PushTexts",
        typeof(PushTexts).Assembly
    );

    private static readonly string[] Shown =
    [
        .. Enum.GetValues<PushMessageType>().Where(type => type != PushMessageType.Dismiss).Select(type => $"{type}"),
    ];

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
    public void Every_message_that_is_shown_has_a_text_in_English() =>
        Assert.That(Read(CultureInfo.InvariantCulture).Keys, Is.EquivalentTo(Shown));

    [TestCaseSource(nameof(Translations))]
    public void Every_message_that_is_shown_has_a_text_in_each_language(string language) =>
        Assert.That(Read(CultureInfo.GetCultureInfo(language)).Keys, Is.EquivalentTo(Shown));

    [TestCaseSource(nameof(Translations))]
    public void No_text_is_empty_or_left_in_English(string language)
    {
        var english = Read(CultureInfo.InvariantCulture);
        var texts = Read(CultureInfo.GetCultureInfo(language));

        Assert.That(english.Values.Concat(texts.Values), Has.None.Empty);
        Assert.That(texts.Values.Intersect(english.Values), Is.Empty);
    }

    [TestCase("en", "Overdue task")]
    [TestCase("en-GB", "Overdue task")]
    [TestCase("de", "Überfällige Aufgabe")]
    [TestCase("DE-ch", "Überfällige Aufgabe")]
    [TestCase("fr", "Overdue task")]
    [TestCase("", "Overdue task")]
    public void A_locale_selects_its_language_or_English(string locale, string text) =>
        Assert.That(PushTexts.In(locale)[PushMessageType.TaskOverdue], Is.EqualTo(text));

    [Test]
    public void A_message_that_shows_nothing_has_no_text() =>
        Assert.That(
            () => PushTexts.In("de")[PushMessageType.Dismiss],
            Throws.InvalidOperationException.With.Message.Contains("Dismiss")
        );

    private static Dictionary<string, string> Read(CultureInfo culture) =>
        Resources
            .GetResourceSet(culture, createIfNotExists: true, tryParents: false)!
            .Cast<DictionaryEntry>()
            .ToDictionary(text => (string)text.Key, text => (string)text.Value!);
}

using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Tests.Common;

public sealed class PastedTextTests
{
    [TestCase("Run\n", "Run")]
    [TestCase("\r\n\t Run far \u00A0\u3000", "Run far")]
    [TestCase("\u202A+49 30 1234\u202C", "+49 30 1234")]
    [TestCase("\u2068Ann\u2069 and \u2067\u05D3\u05DF\u2069", "Ann and \u05D3\u05DF")]
    [TestCase("\u202B\u202D\u202E a \u2066", "a")]
    [TestCase(" \u2069\n", "")]
    [TestCase("a\nb", "a\nb", Description = "a line break inside is left to the validator")]
    [TestCase("\u200F\u05D0", "\u200F\u05D0")]
    [TestCase(null, null)]
    public void One_line_keeps_only_visible_text(string? text, string? line) =>
        Assert.That(PastedText.OneLine(text), Is.EqualTo(line));

    [TestCase("a\r\nb\rc\nd\r\r\n", "a\nb\nc\nd\n\n")]
    [TestCase(" a\t", " a\t")]
    [TestCase(
        "\u202Da\u202Eb\u202A\u202B\u202C\u2066\u2067\u2068\u2069",
        "ab\u202A\u202B\u202C\u2066\u2067\u2068\u2069"
    )]
    [TestCase(null, null)]
    public void Lines_keep_embeddings_and_isolates_and_remove_overrides(string? text, string? lines) =>
        Assert.That(PastedText.Lines(text), Is.EqualTo(lines));

    [TestCase(" Ann\n", "Ann")]
    [TestCase("\u2068Ann\u2069", "Ann")]
    [TestCase("!", "!")]
    [TestCase("\u202A\u202C", null)]
    [TestCase("\u200B\u3164", null)]
    [TestCase(" \t", null)]
    [TestCase("", null)]
    [TestCase(null, null)]
    public void A_name_is_one_line_and_nothing_if_nobody_can_see_it(string? text, string? name) =>
        Assert.That(PastedText.Name(text), Is.EqualTo(name));

    // These are the first and the last character of both ranges (Unicode Standard Annex 9, 2), and their neighbors.
    [TestCase('\u2029', false)]
    [TestCase('\u202A', true)]
    [TestCase('\u202E', true)]
    [TestCase('\u202F', false)]
    [TestCase('\u2065', false)]
    [TestCase('\u2066', true)]
    [TestCase('\u2069', true)]
    [TestCase('\u206A', false)]
    public void Embeddings_overrides_isolates_and_their_ends_are_direction_marks(char character, bool isMark) =>
        Assert.That(PastedText.IsDirectionMark(character), Is.EqualTo(isMark));

    [TestCase("\u200B", false)]
    [TestCase("\uFEFF", false)]
    [TestCase("\u2060", false)]
    [TestCase("\u3164", false)]
    [TestCase("\u2800", false)]
    [TestCase("\u00AD", false)]
    [TestCase("\u200D \u200E\u061C\u034F\uFE0F\u115F\u1160\uFFA0\u2028\u2029", false)]
    [TestCase("\U000E0041", false, Description = "a tag character")]
    [TestCase("", false)]
    [TestCase(null, false)]
    [TestCase("\u200Ba", true)]
    [TestCase("!", true)]
    [TestCase("\u0E01", true)]
    [TestCase("\U0001F3CB", true)]
    public void Text_is_visible_only_with_a_visible_character(string? text, bool isVisible) =>
        Assert.That(PastedText.IsVisible(text), Is.EqualTo(isVisible));
}

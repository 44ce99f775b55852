using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Tests.Common;

public sealed class TextKeysTests
{
    [TestCase("home", "HOME")]
    [TestCase("straße", "STRASSE")]
    [TestCase("STRASSE", "STRAẞE")]
    [TestCase("ﬁt", "FIT")]
    [TestCase("Ｆｉｔ", "fit")]
    [TestCase("Σίσυφος", "ΣΊΣΥΦΟΣ")]
    [TestCase("İstanbul", "istanbul")]
    [TestCase("ıstanbul", "ISTANBUL")]
    [TestCase("ᾳ", "ΑΙ")]
    [TestCase("ŉ", "ʼN")]
    [TestCase("ǰ", "J\u030C")]
    [TestCase("և", "ԵՒ")]
    [TestCase("e\u0301", "É")]
    [TestCase("Ω", "\u2126")]
    [TestCase("ｶﾞ", "ガ")]
    [TestCase("\U00010428", "\U00010400")]
    [TestCase("\u0307i", "\u0307I", Description = "a dot on nothing")]
    public void Texts_that_look_the_same_have_the_same_key(string one, string other) =>
        Assert.That(TextKeys.Fold(one), Is.EqualTo(TextKeys.Fold(other)));

    [TestCase("resume", "résumé")]
    [TestCase("a", "b")]
    [TestCase("g", "ġ", Description = "only the i has a dot that may be missing")]
    [TestCase("か", "が")]
    public void Texts_that_look_different_have_different_keys(string one, string other) =>
        Assert.That(TextKeys.Fold(one), Is.Not.EqualTo(TextKeys.Fold(other)));

    [TestCase("resume", "RÉSUMÉ")]
    [TestCase("naive", "nai\u0308ve")]
    [TestCase("ελληνικα", "Ελληνικά")]
    [TestCase("и", "й")]
    [TestCase("strasse", "Straße")]
    public void A_search_ignores_accents(string one, string other) =>
        Assert.That(TextKeys.FoldWithoutAccents(one), Is.EqualTo(TextKeys.FoldWithoutAccents(other)));

    // These are the first and the last character of each block of combining diacritical marks.
    [TestCase('\u0300')]
    [TestCase('\u036F')]
    [TestCase('\u1AB0')]
    [TestCase('\u1AFF')]
    [TestCase('\u1DC0')]
    [TestCase('\u1DFF')]
    [TestCase('\u20D0')]
    [TestCase('\u20FF')]
    public void A_search_ignores_all_marks_of_a_block(char mark)
    {
        Assert.That(TextKeys.FoldWithoutAccents($"a{mark}b"), Is.EqualTo("AB"));
        Assert.That(TextKeys.Fold($"a{mark}b"), Is.Not.EqualTo("AB"), "only a search does");
    }

    [TestCase('\u02FF')]
    [TestCase('\u0370')]
    [TestCase('\u1AAF')]
    [TestCase('\u1B00')]
    [TestCase('\u1DBF')]
    [TestCase('\u1E00')]
    [TestCase('\u20CF')]
    [TestCase('\u2100')]
    public void A_search_does_not_ignore_the_characters_around_the_blocks_of_marks(char character) =>
        Assert.That(TextKeys.FoldWithoutAccents($"a{character}b"), Is.Not.EqualTo("AB"));

    [TestCase("か", "が", Description = "another syllable, not an accent")]
    [TestCase("กา", "กี")]
    [TestCase("कि", "क")]
    public void A_search_does_not_ignore_other_marks(string one, string other) =>
        Assert.That(TextKeys.FoldWithoutAccents(one), Is.Not.EqualTo(TextKeys.FoldWithoutAccents(other)));

    [Test]
    public void Requires_a_text() => Assert.That(() => TextKeys.Fold(null!), Throws.ArgumentNullException);
}

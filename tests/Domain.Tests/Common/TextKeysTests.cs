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
    public void Texts_that_look_the_same_have_the_same_key(string one, string other) =>
        Assert.That(TextKeys.Fold(one), Is.EqualTo(TextKeys.Fold(other)));

    [TestCase("resume", "résumé")]
    [TestCase("a", "b")]
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

    [TestCase("か", "が", Description = "another syllable, not an accent")]
    [TestCase("กา", "กี")]
    [TestCase("कि", "क")]
    public void A_search_does_not_ignore_other_marks(string one, string other) =>
        Assert.That(TextKeys.FoldWithoutAccents(one), Is.Not.EqualTo(TextKeys.FoldWithoutAccents(other)));

    [Test]
    public void Requires_a_text() => Assert.That(() => TextKeys.Fold(null!), Throws.ArgumentNullException);
}
